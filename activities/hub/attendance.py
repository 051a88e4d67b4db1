"""Attendance of one event or training: the lists that were taken in, names to decide first, who was there and for how long."""

from typing import Any, ClassVar, Final

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.models import Person
from record_admin.links import change_page
from record_admin.workspace.pages import HubPage
from records.listing.lists import page_number
from records.template_context import Context

from ..models import Activity, AttendanceFile, AttendanceMatch, Session
from .names import ATTENDANCE

PER_PAGE: Final = 50
FIRST: Final = 10  # names to decide that are shown here


class AttendancePage(HubPage, TemplateView):
    """A subclass names the models by which the admin knows lists, names and sessions of its kind of activity."""

    part = ATTENDANCE
    template_name = "admin/activities/attendance.html"
    files: ClassVar[type[AttendanceFile]]
    matches: ClassVar[type[AttendanceMatch]]
    sessions: ClassVar[type[Session]]

    def get_context_data(self, **kwargs: Any) -> Context:
        activity: Activity = self.record
        app = self.owner.opts.app_label
        names = self.matches._meta.model_name
        opened = activity.attendance_matches.open()
        people = _present(activity)
        page = Paginator(people, PER_PAGE).get_page(page_number(self.request))
        sessions = list(activity.sessions.annotate(people=Count("attendance")))
        return super().get_context_data(**kwargs) | {
            "acts": {
                "take": reverse(f"admin:{app}_attendance_import", args=[activity.pk]),
                "signed": reverse(f"admin:{app}_attendance_on_site", args=[activity.pk]),
                "sheet": reverse(f"admin:{app}_sign_in_sheet", args=[activity.pk]),
                "names": f"{reverse(f'admin:{app}_{names}_changelist')}?activity__id__exact={activity.pk}",
            },
            "has_begun": activity.starts_at <= timezone.now(),
            "lists": [(one, change_page(one, self.files)) for one in activity.attendance_files.select_related("imported_by")],
            "open_count": opened.count(),
            "open_names": [(one, change_page(one, self.matches)) for one in opened.order_by("name", "pk")[:FIRST]],
            "sessions": [(one, change_page(one, self.sessions), reverse("me-presence", args=[activity.activity_type, one.pk])) for one in sessions],
            "page_obj": page,
            "whole": sum(round((one.ends_at - one.starts_at).total_seconds() / 60) for one in sessions),
        }  # fmt: skip


def _present(activity: Activity) -> Any:
    """Whoever was there, by name, with their minutes in all sessions."""
    there = Person.objects.filter(attendance__session__activity=activity.pk, attendance__minutes__gt=0)
    counted = there.annotate(minutes=Sum("attendance__minutes"), parts=Count("attendance__session", distinct=True))
    return counted.select_related("member_state").order_by("name", "pk")
