"""Who was at an event: lists, names, rows and corrections, each belonging to an event or one of its sessions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.attendance import CorrectionOfAttendance, Kept, ListOfAttendance, NameInList, RowOfList, keep

from .event import Event, EventAttendance, EventSession


class AttendanceFile(ListOfAttendance):
    event = models.ForeignKey(Event, models.CASCADE, related_name="attendance_files", verbose_name=_("event"))

    class Meta(ListOfAttendance.Meta):
        constraints = [models.UniqueConstraint(fields=["event", "digest"], name="events_attendance_file_once")]

    @property
    def occasion(self) -> Event:
        return self.event


class AttendanceMatch(NameInList):
    event = models.ForeignKey(Event, models.CASCADE, related_name="attendance_matches", verbose_name=_("event"))

    class Meta(NameInList.Meta):
        ordering = ["event", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], name="events_attendance_match_once"),
            *NameInList.Meta.constraints,
        ]

    @property
    def occasion(self) -> Event:
        return self.event


class AttendanceSpan(RowOfList):
    file = models.ForeignKey(AttendanceFile, models.CASCADE, related_name="spans", verbose_name=_("list"))
    match = models.ForeignKey(AttendanceMatch, models.CASCADE, related_name="spans", verbose_name=_("name"))
    session = models.ForeignKey(
        EventSession, models.CASCADE, null=True, blank=True, related_name="attendance_spans", verbose_name=_("session")
    )


class AttendanceCorrection(CorrectionOfAttendance):
    session = models.ForeignKey(
        EventSession, models.CASCADE, related_name="attendance_corrections", verbose_name=_("session")
    )


keep(Event, Kept(EventAttendance, AttendanceSpan, AttendanceCorrection))
