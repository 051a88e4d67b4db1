"""Rooms of their own in the admin, no tables: an event as it is run, its sessions, questions and lists of attendance."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from activities import models as activities

from .event import Event


class RunningEvent(Event):
    """An event as the officer runs it."""

    class Meta:
        proxy = True
        verbose_name = _("running of an event")
        verbose_name_plural = _("running events")


class EventSession(activities.Session):
    objects: ClassVar[Any] = activities.RowsOfType("event")

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
    objects: ClassVar[Any] = activities.RowsOfType("event")

    class Meta:
        proxy = True
        verbose_name = _("list of attendance")
        verbose_name_plural = _("lists of attendance")


class AttendanceMatch(activities.AttendanceMatch):
    objects: ClassVar[Any] = activities.RowsOfType("event")

    class Meta:
        proxy = True
        verbose_name = _("name in a list of attendance")
        verbose_name_plural = _("names in lists of attendance")


class AttendanceCorrection(activities.AttendanceCorrection):
    objects: ClassVar[Any] = activities.RowsOfType("event", "session__activity")

    class Meta:
        proxy = True
        verbose_name = _("correction of attendance")
        verbose_name_plural = _("corrections of attendance")
