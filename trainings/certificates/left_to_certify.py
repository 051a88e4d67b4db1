"""Which trainings and events with certificates are over while certificates are still to be given."""

from typing import cast

from django.db.models import Exists, OuterRef, QuerySet

from activities.models import ActivityQuerySet, Attendance

from ..models import Application, Certificate, Training

State = Application.State


def left_to_certify(queryset: QuerySet) -> ActivityQuerySet:
    """Of trainings: somebody had a seat and is neither judged by the rule nor given the certificate. Of events: minutes are
    recorded, and nobody has a certificate."""
    over = cast(ActivityQuerySet, queryset).over().filter(gives_certificates=True)
    if issubclass(queryset.model, Training):
        seats = Application.objects.filter(training=OuterRef("pk"), state__in=[State.CONFIRMED, State.ATTENDED])
        return over.filter(Exists(seats))
    attended = Attendance.objects.filter(session__activity=OuterRef("pk"), minutes__gt=0)
    return over.filter(Exists(attended), ~Exists(Certificate.objects.filter(activity=OuterRef("pk"))))
