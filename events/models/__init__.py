"""Events, their series and sessions, and the records of registration."""

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
