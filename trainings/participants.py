"""The list of participants of a training: those who agree to stand on it, for those who do."""

from typing import Any

from django.db.models import QuerySet

from .conditions import TAKES_PART
from .models import Application, Training


def listed(training: Training) -> QuerySet[Any]:
    """Participants who have agreed, by name."""
    found = training.applications.filter(state__in=TAKES_PART, may_be_listed=True)
    return found.select_related("person", "member_state", "reserve", "geopark").order_by("person__name", "pk")


def may_see(application: Application) -> bool:
    """Whoever stands on the list sees it."""
    return application.state in TAKES_PART and application.may_be_listed is True
