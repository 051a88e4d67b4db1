"""Surveys in the admin: the questions, opening and reminding after a look at the mails, figures once it is closed."""

import re
from collections.abc import Callable
from dataclasses import replace

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from history import audit
from history.record_pages import HistoryMixin
from notifications.composing.letters import Letter
from notifications.mail_types import Drop
from notifications.mailings import rehearse
from notifications.models import Mailing
from record_admin.model_admin import PlainAdmin
from record_admin.rows import TranslatedBlocks
from records.listing import exports
from records.template_context import Label

from ..models import Survey, SurveyQuestion
from ..models.survey_times import is_closed, is_open
from ..participation import survey_results, surveys

FORMATS = {"csv": exports.csv_response, "xlsx": exports.xlsx_response}
Act = Callable[..., Mailing | None]


class QuestionBlocks(TranslatedBlocks):
    """Questions stay as they are once people have been asked: answers are kept as numbers of choices."""

    model = SurveyQuestion
    fieldsets = ((None, {"fields": ["label", ("kind", "required", "order"), "choices"]}),)

    def _frozen(self, survey: Survey | None) -> bool:
        return survey is not None and survey.opened_at is not None

    def has_add_permission(self, request: HttpRequest, obj: Survey | None = None) -> bool:
        return not self._frozen(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Survey | None = None) -> bool:
        return not self._frozen(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Survey | None = None) -> bool:
        return not self._frozen(obj) and super().has_delete_permission(request, obj)


@admin.register(Survey)
class SurveyAdmin(HistoryMixin, PlainAdmin):
    list_display = ("event", "last_day", "opened_at", "reminders")
    list_select_related = ("event",)
    zone_of_list = "event.timezone"
    search_fields = ("event__title_en", "event__slug")
    autocomplete_fields = ("event",)
    readonly_fields = ("opened_at", "reminders", "answers", "pages")
    fieldsets = ((None, {"fields": ["event", "last_day"]}), (_("How it goes"), {"fields": ["opened_at", "reminders", "answers", "pages"]}))  # fmt: skip
    inlines = (QuestionBlocks,)

    def get_readonly_fields(self, request: HttpRequest, obj: Survey | None = None) -> list[str] | tuple[str, ...]:
        """Once results have been seen no further answer may come: the difference would tell it."""
        fixed = ["event"] if obj else []
        over = ["last_day"] if obj and is_closed(obj) else []
        return [*super().get_readonly_fields(request, obj), *fixed, *over]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        number = request.GET.get("event", "")
        return {"event": number} if number.isdecimal() and len(number) < 10 else {}

    @admin.display(description=_("people who have answered"))
    def answers(self, survey: Survey) -> str:
        return str(survey_results.sheets(survey)) if survey.pk else "–"

    @admin.display(description=_("what there is to do"))
    def pages(self, survey: Survey) -> SafeString | str:
        if not survey.pk:
            return str(_("Save it first, with its questions."))
        links = []
        if survey.opened_at is None:
            links.append(("admin:events_survey_open", _("Open it and write to those who took part")))
        elif is_open(survey):
            links.append(("admin:events_survey_remind", _("Remind those who have not answered")))
        else:
            links.append(("admin:events_survey_results", _("Results")))
        return format_html_join("", '<p><a href="{}">{}</a></p>', ((reverse(u, args=[survey.pk]), w) for u, w in links))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/open/", view(self.open_view), name="events_survey_open"),
            path("<int:pk>/remind/", view(self.remind_view), name="events_survey_remind"),
            path("<int:pk>/results/", view(self.results_view), name="events_survey_results"),
            path("<int:pk>/results.<str:kind>", view(self.download_view), name="events_survey_download"),
            *super().get_urls(),
        ]

    def _survey(self, request: HttpRequest, pk: int) -> Survey:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Survey.objects.select_related("event"), pk=pk)

    def open_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._confirmed(request, pk, surveys.open_survey, _("Open the survey"))

    def remind_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._confirmed(request, pk, surveys.remind, _("Remind of the survey"))

    def _confirmed(self, request: HttpRequest, pk: int, act: Act, title: Promise) -> HttpResponse:
        """The mails as they would go out, then the act itself."""
        survey = self._survey(request, pk)
        try:
            if request.method == "POST":
                mailing = act(survey=survey, by=request.user)
                self.message_user(request, _mailed(mailing), messages.SUCCESS)
                return redirect("admin:events_survey_change", survey.pk)
            rehearsal = rehearse(lambda: act(survey=survey, by=request.user))
        except ValidationError as error:
            self.message_user(request, error.messages[0], messages.ERROR)
            return redirect("admin:events_survey_change", survey.pk)
        samples = [_anonymous(one.letter) for one in rehearsal.samples[:2]]
        return self._page(request, "survey_confirm.html", survey, title, rehearsal=rehearsal, samples=samples)

    def results_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        survey = self._survey(request, pk)
        found, number = survey_results.figures(survey), survey_results.sheets(survey)
        asked = surveys.asked(survey).count()
        facts = {"figures": found, "sheets": number, "asked": asked, "closed": is_closed(survey)}
        return self._page(request, "survey_results.html", survey, _("Results"), fewest=survey_results.FEWEST, **facts)

    def download_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
        survey = self._survey(request, pk)
        if kind not in FORMATS or not is_closed(survey):
            raise Http404("no such file")
        # What people wrote in their own words may tell who they are.
        audit.note(what=audit.What.EXPORTED, by_id=request.user.pk, on=survey, detail=f"results of a survey, {kind}")
        return FORMATS[kind](survey_results.download(survey))

    def _page(
        self, request: HttpRequest, template: str, survey: Survey, title: str | Promise, **facts: object
    ) -> HttpResponse:
        known = self.admin_site.each_context(request)
        context = {**known, "title": title, "survey": survey, "event": survey.event, "opts": self.opts, **facts}
        return TemplateResponse(request, f"admin/events/{template}", context)


def _anonymous(letter: Letter | Drop) -> Letter | Drop:
    """A mail to look at without the key of its reader: nobody answers in the place of somebody else."""
    return (
        letter if isinstance(letter, Drop) else replace(letter, text=re.sub(r"/join/[^/\s]+/", "/join/…/", letter.text))
    )


def _mailed(mailing: Mailing | None) -> Label:
    return _("The mails wait in the outbox, where they can still be called back.") if mailing else _("Nobody is to be written to.")  # fmt: skip
