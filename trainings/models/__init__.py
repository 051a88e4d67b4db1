"""Trainings: the call with its seats and caps, applications with their log, attendance, certificates, donor reports."""

from .applications import Application, ApplicationScore, ApplicationStep
from .attendance import (
    TrainingAttendance,
    TrainingAttendanceCorrection,
    TrainingAttendanceFile,
    TrainingAttendanceMatch,
    TrainingAttendanceSpan,
)
from .calls import (
    WITH_PLACE,
    DeadlineExtension,
    RunningTraining,
    SeatCap,
    SeatClass,
    Training,
    TrainingInvolvement,
    TrainingPostponement,
    TrainingSession,
    TrainingSite,
)
from .certificates import Certificate, CertificateQuerySet, CertifyingEvent
from .donor_reports import DonorReport
from .files import ApplicationFile
from .questions import CallForm, Question

__all__ = [
    "WITH_PLACE",
    "Application",
    "ApplicationFile",
    "ApplicationScore",
    "ApplicationStep",
    "CallForm",
    "Certificate",
    "CertificateQuerySet",
    "CertifyingEvent",
    "DeadlineExtension",
    "DonorReport",
    "Question",
    "RunningTraining",
    "SeatCap",
    "SeatClass",
    "Training",
    "TrainingAttendance",
    "TrainingAttendanceCorrection",
    "TrainingAttendanceFile",
    "TrainingAttendanceMatch",
    "TrainingAttendanceSpan",
    "TrainingInvolvement",
    "TrainingPostponement",
    "TrainingSession",
    "TrainingSite",
]
