"""Rows of trainings apart from those of events, no tables: sessions and attendance lists."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from activities import models as activities


class TrainingSession(activities.Session):
    objects: ClassVar[activities.RowsOfType] = activities.RowsOfType("training")

    class Meta:
        proxy = True
        verbose_name = _("session")
        verbose_name_plural = _("sessions")


class TrainingAttendanceFile(activities.AttendanceFile):
    objects: ClassVar[activities.RowsOfType] = activities.RowsOfType("training")

    class Meta:
        proxy = True
        verbose_name = _("attendance list")
        verbose_name_plural = _("attendance lists")


class TrainingAttendanceMatch(activities.AttendanceMatch):
    objects: ClassVar[Any] = activities.RowsOfType("training")

    class Meta:
        proxy = True
        verbose_name = _("participant match")
        verbose_name_plural = _("participant matches")


class TrainingAttendanceCorrection(activities.AttendanceCorrection):
    objects: ClassVar[activities.RowsOfType] = activities.RowsOfType("training", "session__activity")

    class Meta:
        proxy = True
        verbose_name = _("attendance correction")
        verbose_name_plural = _("attendance corrections")
