"""Pages of the hub of an event: overview, attendance, survey, and what tells people that the recording is there."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.models import User
from activities.hub.attendance import AttendancePage
from activities.hub.names import MATERIALS, page_of
from activities.hub.overview import OverviewPage
from notifications.admin.mass import before_doing, goes_back
from record_admin.workspace.pages import HubPage
from records.template_context import Context

from ..models import AttendanceFile, AttendanceMatch, Event, EventSession, Survey
from ..models.survey_times import is_closed, is_open
from ..participation import announcing, survey_results, surveys
from .head import places_of


class EventOverview(OverviewPage):
    template_name = "admin/events/overview.html"

    def get_context_data(self, **kwargs: Any) -> Context:
        event: Event = self.record
        by_state = event.registrations.holding().order_by().values_list("person__member_state__name")
        counted = by_state.annotate(number=Count("pk")).order_by("-number", "person__member_state__name")
        rows = [(name or _("Another country"), number) for name, number in counted]
        most = max((number for _name, number in rows), default=0)
        return super().get_context_data(**kwargs) | {
            "places": places_of(event),
            "by_member_state": [(name, number, round(number * 100 / most)) for name, number in rows],
            "people_page": page_of(event, "registrations"),
        }


class EventAttendance(AttendancePage):
    files, matches, sessions = AttendanceFile, AttendanceMatch, EventSession


class SurveyPage(HubPage, TemplateView):
    """The survey of an event: its questions, who was asked, how many have answered, and the act that is next."""

    part = "survey"
    template_name = "admin/events/survey.html"

    def get_context_data(self, **kwargs: Any) -> Context:
        event: Event = self.record
        survey = Survey.objects.filter(event=event.pk).select_related("event", "mailing").first()
        context = super().get_context_data(**kwargs) | {"survey": survey, "add": f"{reverse('admin:events_survey_add')}?event={event.pk}"}  # fmt: skip
        if survey is None:
            return context
        return context | {
            "questions": list(survey.questions.all()),
            "form_page": reverse("admin:events_survey_change", args=[survey.pk]),
            "asked": surveys.asked(survey).count(),
            "answers": survey_results.sheets(survey),
            "is_open": is_open(survey),
            "is_closed": is_closed(survey),
        }


class AnnounceRecording(HubPage, View):
    """Who is told that the recording is there, first; then they are told."""

    part = MATERIALS

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return self._act(request)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return self._act(request)

    def _act(self, request: HttpRequest) -> HttpResponseBase:
        event, back = cast(Event, self.record), page_of(self.record, MATERIALS)
        if goes_back(request):
            return redirect(back)
        try:
            return before_doing(
                self.owner, request, title=_("Recording ready: %(event)s") % {"event": event}, then=back,
                act=lambda: announcing.announce_recording(event=Event(pk=event.pk), by=cast(User, request.user)),
                button=_("Tell them"), zone=event.timezone, context={"back_to": back},
                explanation=_("Those who took part, as far as attendance is known; else everybody with a confirmed place."),
            )  # fmt: skip
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(back)
