"""Overview and attendance of a training."""

from typing import Any

from django.urls import reverse

from activities.hub.attendance import AttendancePage
from activities.hub.names import page_of
from activities.hub.overview import OverviewPage
from records.template_context import Context

from ..models import Application, TrainingAttendanceFile, TrainingAttendanceMatch, TrainingSession
from ..workflow import seats
from .head import applied_to


class TrainingOverview(OverviewPage):
    template_name = "admin/trainings/overview.html"

    def get_context_data(self, **kwargs: Any) -> Context:
        applied, standing = applied_to(self.record), seats.seat_counts(self.record)
        return super().get_context_data(**kwargs) | {
            "applied": applied,
            "by_state": [(state.label, applied.by_state[state]) for state in Application.State if applied.by_state[state]],
            "classes": [(one, standing.classes[one.pk]) for one in self.record.seat_classes.all()],
            "selection": reverse("admin:trainings_training_selection", args=[self.record.pk]),
            "applications": applications_of(self.record),
        }  # fmt: skip


class TrainingAttendance(AttendancePage):
    files, matches, sessions = TrainingAttendanceFile, TrainingAttendanceMatch, TrainingSession
    template_name = "admin/trainings/attendance.html"

    def get_context_data(self, **kwargs: Any) -> Context:
        return super().get_context_data(**kwargs) | {"rule": page_of(self.record, "rule")}


def applications_of(training: Any) -> str:
    return f"{reverse('admin:trainings_application_changelist')}?training__id__exact={training.pk}"
