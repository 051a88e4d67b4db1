"""Rows of events apart from those of trainings, no tables: sessions, questions and attendance lists."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from activities import models as activities


class EventSession(activities.Session):
    objects: ClassVar[activities.RowsOfType] = activities.RowsOfType("event")

    class Meta:
        proxy = True
        verbose_name = _("session")
        verbose_name_plural = _("sessions")


class AdvanceQuestion(activities.AdvanceQuestion):
    objects: ClassVar[Any] = activities.RowsOfType("event")

    class Meta:
        proxy = True
        verbose_name = _("question sent in advance")
        verbose_name_plural = _("questions sent in advance")


class AttendanceFile(activities.AttendanceFile):
    objects: ClassVar[activities.RowsOfType] = activities.RowsOfType("event")

    class Meta:
        proxy = True
        verbose_name = _("attendance list")
        verbose_name_plural = _("attendance lists")


class AttendanceMatch(activities.AttendanceMatch):
    objects: ClassVar[Any] = activities.RowsOfType("event")

    class Meta:
        proxy = True
        verbose_name = _("participant match")
        verbose_name_plural = _("participant matches")


class AttendanceCorrection(activities.AttendanceCorrection):
    objects: ClassVar[activities.RowsOfType] = activities.RowsOfType("event", "session__activity")

    class Meta:
        proxy = True
        verbose_name = _("attendance correction")
        verbose_name_plural = _("attendance corrections")
