"""Events, their series and sessions, the records of registration, and what belongs to the running of an event."""

from .attendance import AttendanceCorrection, AttendanceFile, AttendanceMatch, AttendanceSpan
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
from .running import AdvanceQuestion, DoorOpening, Material, RunningEvent
from .survey import Survey, SurveyAnswer, SurveyAnswered, SurveyQuestion

__all__ = [
    "AdvanceQuestion",
    "AttendanceCorrection",
    "AttendanceFile",
    "AttendanceMatch",
    "AttendanceSpan",
    "CalendarToken",
    "DoorOpening",
    "Event",
    "EventAttendance",
    "EventInvolvement",
    "EventPostponement",
    "EventQuerySet",
    "EventSession",
    "EventSite",
    "JoinLink",
    "Material",
    "Registration",
    "RegistrationQuerySet",
    "RegistrationStep",
    "RunningEvent",
    "Series",
    "Survey",
    "SurveyAnswer",
    "SurveyAnswered",
    "SurveyQuestion",
    "new_token",
]
