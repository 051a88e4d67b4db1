"""Which applications a focal point hears of, and which of them wait for a word."""

import datetime as dt

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from records.scope import Scope
from trainings.models import Application, Training

State = Application.State


def _sent(scope: Scope) -> Q:
    """As `ApplicationQuerySet.in_scope`, seen from their training."""
    sent = ~Q(applications__state=State.DRAFT) & Q(applications__isnull=False)
    return sent if scope.all else sent & Q(applications__member_state__in=scope.states)


def calls_of(scope: Scope) -> QuerySet:
    """Trainings for which somebody of the own states has applied, with counts: those with somebody who waits first."""
    sent = _sent(scope)

    def count(*states: str) -> Count:
        return Count("applications", filter=sent & Q(applications__state__in=states))

    found = Training.objects.published().annotate(
        sent=Count("applications", filter=sent),
        waiting=count(State.SUBMITTED),
        endorsed=Count("applications", filter=sent & Q(applications__endorsed=True)),
        with_seat=count(*Application.HOLDING),
    )
    return found.filter(sent__gt=0)


def waiting_of(user: User, scope: Scope, now: dt.datetime) -> QuerySet:
    """Calls with applications that wait for this focal point's word, and how many; nobody endorses the own one."""
    waits = Q(applications__state=State.SUBMITTED, applications__member_state__in=scope.states)
    others = Q(applications__person__user=None) | ~Q(applications__person__user=user)
    open_calls = Training.objects.published().filter(status=Training.Status.ANNOUNCED, starts_at__gt=now)
    counted = open_calls.annotate(waiting=Count("applications", filter=waits & others))
    return counted.filter(waiting__gt=0).order_by("starts_at", "slug")
