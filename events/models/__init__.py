"""Events and their series, the records of registration, the survey."""

from .calendar_token import CalendarToken
from .event import Event, EventQuerySet, Series
from .place_act import PlaceAct
from .registration import Registration, RegistrationQuerySet, RegistrationStep, new_token
from .rooms import AdvanceQuestion, AttendanceCorrection, AttendanceFile, AttendanceMatch, EventSession
from .running import DoorOpening
from .survey import Survey, SurveyAnswer, SurveyAnswered, SurveyQuestion

__all__ = [
    "AdvanceQuestion",
    "AttendanceCorrection",
    "AttendanceFile",
    "AttendanceMatch",
    "CalendarToken",
    "DoorOpening",
    "Event",
    "EventQuerySet",
    "EventSession",
    "PlaceAct",
    "Registration",
    "RegistrationQuerySet",
    "RegistrationStep",
    "Series",
    "Survey",
    "SurveyAnswer",
    "SurveyAnswered",
    "SurveyQuestion",
    "new_token",
]
