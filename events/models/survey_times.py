"""When a survey takes answers, on the clocks of its event."""

import datetime as dt

from django.utils import timezone

from . import Survey


def closes_at(survey: Survey) -> dt.datetime:
    """The last instant of its last day, in the zone of the event."""
    return dt.datetime.combine(survey.last_day, dt.time(23, 59, 59), tzinfo=survey.event.zone)


def is_open(survey: Survey) -> bool:
    return survey.opened_at is not None and timezone.now() <= closes_at(survey)


def is_closed(survey: Survey) -> bool:
    return survey.opened_at is not None and not is_open(survey)
