"""Trainings: the call with its seats and caps, applications with their decision log, attendance, certificates."""

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
