"""Who was at a training: minutes by session, and the lists they come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from activities.models.attendance import CorrectionOfAttendance, Kept, ListOfAttendance, NameInList, RowOfList, keep
from activities.models.parts import Attendance

from .calls import Training, TrainingSession


class TrainingAttendance(Attendance):
    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="attendance", verbose_name=_("session"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="training_attendance", verbose_name=_("person"))

    class Meta(Attendance.Meta):
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="trainings_attendance_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.minutes}"


class TrainingAttendanceFile(ListOfAttendance):
    training = models.ForeignKey(Training, models.CASCADE, related_name="attendance_files", verbose_name=_("training"))

    class Meta(ListOfAttendance.Meta):
        constraints = [models.UniqueConstraint(fields=["training", "digest"], name="trainings_attendance_file_once")]

    @property
    def occasion(self) -> Training:
        return self.training


class TrainingAttendanceMatch(NameInList):
    training = models.ForeignKey(
        Training, models.CASCADE, related_name="attendance_matches", verbose_name=_("training")
    )

    class Meta(NameInList.Meta):
        ordering = ["training", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["training", "key"], name="trainings_attendance_match_once"),
            *NameInList.Meta.constraints,
        ]

    @property
    def occasion(self) -> Training:
        return self.training


class TrainingAttendanceSpan(RowOfList):
    file = models.ForeignKey(TrainingAttendanceFile, models.CASCADE, related_name="spans", verbose_name=_("list"))
    match = models.ForeignKey(TrainingAttendanceMatch, models.CASCADE, related_name="spans", verbose_name=_("name"))
    session = models.ForeignKey(
        TrainingSession, models.CASCADE, null=True, blank=True, related_name="attendance_spans", verbose_name=_("session")
    )  # fmt: skip


class TrainingAttendanceCorrection(CorrectionOfAttendance):
    session = models.ForeignKey(
        TrainingSession, models.CASCADE, related_name="attendance_corrections", verbose_name=_("session")
    )


keep(Training, Kept(TrainingAttendance, TrainingAttendanceSpan, TrainingAttendanceCorrection))
