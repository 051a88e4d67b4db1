"""Donor reports in the admin: what to cover, the figures as they are now, freezing them, the printable page, the workbook."""

from typing import Final, Protocol

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from activities.models import Activity
from history import audit
from record_admin.model_admin import PlainAdmin
from records.listing.exports import workbook_response
from records.template_context import Context

from ..models import DonorReport
from ..reports.figures import SUMMARY, Document, figures
from ..reports.forms import ReportForm
from ..reports.frozen import digest, freeze, is_sound, public_tables_of, tables_of
from ..reports.printing import facts_of, printed
from ..reports.workbook import full_workbook, public_workbook

PUBLIC: Final = "public"  # `?version=public`: without small cells


class _Listed(Protocol):
    """A report of the list, with the name of who froze it and whether another one replaces it."""

    freezer: str | None
    is_corrected: bool


@admin.register(DonorReport)
class DonorReportAdmin(PlainAdmin):
    """Reports are made by looking at the figures and freezing them, and are never changed."""

    list_display = ("title", "covered", "frozen_at", "frozen_by", "corrected")
    search_fields = ("title", "fund_code", "result_code", "activity__slug", "=checksum")
    date_hierarchy = "frozen_at"

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        person = Person.objects.filter(user=OuterRef("frozen_by_id")).values("name")[:1]
        later = DonorReport.objects.filter(replaces=OuterRef("pk"))
        reports = super().get_queryset(request).defer("figures").select_related("activity", "funder")
        return reports.annotate(freezer=Subquery(person), is_corrected=Exists(later))

    @admin.display(description=_("covers"), ordering="activity__title")
    def covered(self, report: DonorReport) -> str:
        period = f"{report.first_day} – {report.last_day}" if report.first_day else ""
        parts = [report.activity, report.fund_code, report.result_code, report.funder, period]
        return ", ".join(str(part) for part in parts if part)

    @admin.display(description=_("frozen by"), ordering="freezer")
    def frozen_by(self, report: _Listed) -> str:
        return report.freezer or "–"

    @admin.display(description=_("corrected since"), boolean=True, ordering="is_corrected")
    def corrected(self, report: _Listed) -> bool:
        return report.is_corrected

    def get_urls(self) -> list[URLPattern]:
        xlsx = self.admin_site.admin_view(self.xlsx_view)
        return [path("<int:pk>/report.xlsx", xlsx, name="trainings_donorreport_xlsx"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: object = None) -> HttpResponse:
        """First the figures as they are now, which changes nothing; then, once they were seen, they are frozen."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ReportForm(request.POST or self._asked_about(request))
        context: Context = {"title": _("New donor report"), "form": form}
        if request.method != "POST" and form.is_bound and form.is_valid():
            document = figures(form.covers())
            context |= self._shown(request, document) | {"seen": digest(document)}
        if request.method == "POST" and form.is_valid():
            if "freeze" in request.POST and (report := self._freeze(request, form)):
                self.message_user(request, _now("The report is frozen."), messages.SUCCESS)
                return redirect(report)
            document = figures(form.covers())
            context |= self._shown(request, document) | {"seen": digest(document)}
        return self._page(request, "report_new.html", context)

    def _asked_about(self, request: HttpRequest) -> dict[str, object] | None:
        """The form as filled in for the event or training that a page leads here from: its figures are shown at once."""
        number = request.GET.get("activity", "")
        activity = Activity.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
        if activity is None:
            return None
        return {"title": _now("Report: %(activity)s") % {"activity": activity}, activity.activity_type: activity.pk}

    def _freeze(self, request: HttpRequest, form: ReportForm) -> DonorReport | None:
        data, by = form.cleaned_data, request.user
        try:
            return freeze(
                title=data["title"], covers=form.covers(), seen=request.POST.get("seen", ""), by=by,  # type: ignore[arg-type]
                replaces=data["replaces"], note=data["note"],
            )  # fmt: skip
        except ValidationError as refused:
            form.add_error(None, refused)
            return None

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: object = None
    ) -> HttpResponse:
        """The report to read and to print, from its frozen figures alone."""
        if request.method == "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        report: DonorReport | None = self.get_object(request, object_id)
        if report is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        context = self._shown(request, report.figures) | {
            "title": report.title,
            "report": report,
            "original": report,
            "facts": facts_of(report, public=_is_public(request)),
            "sound": is_sound(report),
            "earlier": report.replaces,
            "later": DonorReport.objects.defer("figures").filter(replaces=report).first(),
        }
        return self._page(request, "report.html", context)

    def xlsx_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        report = get_object_or_404(DonorReport, pk=pk)
        public = _is_public(request)
        facts, by = facts_of(report, public=public), request.user.pk
        kind = "public figures" if public else "anonymous figures"
        audit.note(what=audit.What.EXPORTED, by_id=by, on=report, detail=f"donor report, {kind}, xlsx")
        sheets = (
            public_workbook(facts, public_tables_of(report.figures))
            if public
            else full_workbook(report.figures, facts, tables_of(report.figures))
        )
        stem = f"donor-report-{report.pk}-{slugify(report.title)[:40]}".rstrip("-")
        return workbook_response(f"{stem}-public" if public else stem, sheets)

    def _shown(self, request: HttpRequest, document: Document) -> dict[str, object]:
        public = _is_public(request)
        tables = public_tables_of(document) if public else tables_of(document)
        summary = [] if public else [(label, document["summary"][name]) for name, label in SUMMARY]
        return {
            "public": public,
            "document": document,
            "summary": summary,
            "tables": [printed(table) for table in tables],
            "nothing": not document["summary"]["participations"],
        }

    def _page(self, request: HttpRequest, template: str, context: Context) -> HttpResponse:
        known = self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, f"admin/trainings/{template}", known | context)


def _is_public(request: HttpRequest) -> bool:
    return request.GET.get("version") == PUBLIC
