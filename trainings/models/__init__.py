"""Trainings: the call with its seats and caps, applications with their log, attendance, certificates, donor reports."""

from .applications import Application, ApplicationQuerySet, ApplicationScore, ApplicationStep
from .calls import (
    WITH_PLACE,
    DeadlineExtension,
    SeatCap,
    SeatClass,
    Training,
)
from .certificates import Certificate, CertificateQuerySet
from .decisions import SelectionDecision, SelectionDecisionQuerySet
from .donor_reports import DonorReport
from .files import ApplicationFile
from .questions import CallForm, Question
from .rooms import (
    TrainingAttendanceCorrection,
    TrainingAttendanceFile,
    TrainingAttendanceMatch,
    TrainingSession,
)

__all__ = [
    "WITH_PLACE",
    "Application",
    "ApplicationFile",
    "ApplicationQuerySet",
    "ApplicationScore",
    "ApplicationStep",
    "CallForm",
    "Certificate",
    "CertificateQuerySet",
    "DeadlineExtension",
    "DonorReport",
    "Question",
    "SeatCap",
    "SeatClass",
    "SelectionDecision",
    "SelectionDecisionQuerySet",
    "Training",
    "TrainingAttendanceCorrection",
    "TrainingAttendanceFile",
    "TrainingAttendanceMatch",
    "TrainingSession",
]
