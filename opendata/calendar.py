"""The joint calendar to subscribe to: events and trainings, coming and of the past year."""

import datetime as dt
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.calendars import calendar_response
from events.models import Event
from events.occasions import Occasion, OccasionQuerySet
from trainings.models import Training

KEPT: Final = dt.timedelta(days=365)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Cancelled ones stay in it, marked, so that they leave no false entry in a calendar; samples are left out."""
    shown: list[Occasion] = [*_recent(Event.objects.all()), *_recent(Training.objects.all())]
    shown.sort(key=lambda occasion: (occasion.starts_at, occasion.pk))
    return calendar_response(shown, filename="eabrn", name=_("East Asian Biosphere Reserve Network"))


def _recent(occasions: Any) -> OccasionQuerySet:
    return occasions.published().filter(is_sample=False, starts_at__gte=timezone.now() - KEPT)
