"""What officers think of an application: each gives points of their own, none sees them changed by another."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from ..models import Application, ApplicationScore
from ..workflow.transitions import State


@transaction.atomic
def score(*, application: Application, officer: User, points: int | None, note: str = "") -> ApplicationScore | None:
    """Sets the officer's own points from 1 to 5, or takes them away. ValidationError for a draft or the own application."""
    if application.state == State.DRAFT:
        raise ValidationError(_("A draft is its writer's own: nobody judges it yet."))
    if application.person.user_id == officer.pk:
        raise ValidationError(_("You cannot judge your own application."))
    if points is None:
        ApplicationScore.objects.filter(application=application, officer=officer).delete()
        return None
    made, _new = ApplicationScore.objects.update_or_create(
        application=application, officer=officer, defaults={"points": points, "note": note, "at": timezone.now()}
    )
    return made
