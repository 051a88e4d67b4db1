"""Trainings: the call with its seats and caps, applications with their decision log, attendance, certificates."""

from .applications import Application, ApplicationScore, ApplicationStep, Question
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

__all__ = [
    "Application",
    "ApplicationScore",
    "ApplicationStep",
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
