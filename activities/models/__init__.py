"""What events and trainings are: moments known to some precision, bodies, sites, sessions, materials, attendance."""

from .activity import TIMES, Activity, ActivityQuerySet
from .attendance import Attendance, AttendanceCorrection, AttendanceFile, AttendanceMatch, AttendanceSpan
from .parts import ActivitySite, Involvement, Postponement, Session
from .running import AdvanceQuestion, JoinLink, Material
from .typed_rows import RowsOfType

__all__ = [
    "TIMES",
    "Activity",
    "ActivityQuerySet",
    "ActivitySite",
    "AdvanceQuestion",
    "Attendance",
    "AttendanceCorrection",
    "AttendanceFile",
    "AttendanceMatch",
    "AttendanceSpan",
    "Involvement",
    "JoinLink",
    "Material",
    "Postponement",
    "RowsOfType",
    "Session",
]
