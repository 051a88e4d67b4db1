"""The list of participants of a training: those who agree to stand on it, for those who do."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ..models import Application, Training
from ..workflow.conditions import TAKES_PART, fresh, refuse_not_taking_part


def listed(training: Training) -> QuerySet[Any]:
    """Participants who have agreed, by name."""
    found = training.applications.filter(state__in=TAKES_PART, may_be_listed=True)
    return found.select_related("person", "member_state", "site").order_by("person__name", "pk")


def may_see(application: Application) -> bool:
    """Whoever stands on the list sees it."""
    return application.state in TAKES_PART and application.may_be_listed is True


@transaction.atomic
def list_or_not(*, application: Application, may_be_listed: bool) -> Application:
    """The person agrees to stand on the list, or takes it back: at any time, whether the follow-up form is open or not."""
    application = fresh(application)
    refuse_not_taking_part(application)
    application.may_be_listed = may_be_listed
    application.version += 1
    application.save(update_fields=["may_be_listed", "version"])
    return application
