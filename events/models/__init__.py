"""Events, their series and sessions, and the records of registration."""

from .calendar_token import CalendarToken
from .event import (
    Event,
    EventAttendance,
    EventInvolvement,
    EventPostponement,
    EventQuerySet,
    EventSession,
    EventSite,
    JoinLink,
    Series,
)
from .registration import Registration, RegistrationQuerySet, RegistrationStep, new_token

__all__ = [
    "CalendarToken",
    "Event",
    "EventAttendance",
    "EventInvolvement",
    "EventPostponement",
    "EventQuerySet",
    "EventSession",
    "EventSite",
    "JoinLink",
    "Registration",
    "RegistrationQuerySet",
    "RegistrationStep",
    "Series",
    "new_token",
]
