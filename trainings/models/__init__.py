"""Trainings: the call with its seats and caps, applications with their log, attendance, certificates, donor reports."""

from .applications import Application, ApplicationScore, ApplicationStep
from .calls import (
    DeadlineExtension,
    SeatCap,
    SeatClass,
    Training,
    TrainingInvolvement,
    TrainingPostponement,
    TrainingSession,
    TrainingSite,
)
from .certificates import Certificate, TrainingAttendance
from .donor_reports import DonorReport
from .files import ApplicationFile
from .questions import CallForm, Question

__all__ = [
    "Application",
    "ApplicationFile",
    "ApplicationScore",
    "ApplicationStep",
    "CallForm",
    "Certificate",
    "DeadlineExtension",
    "DonorReport",
    "Question",
    "SeatCap",
    "SeatClass",
    "Training",
    "TrainingAttendance",
    "TrainingInvolvement",
    "TrainingPostponement",
    "TrainingSession",
    "TrainingSite",
]
