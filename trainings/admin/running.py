"""A training while it is run and afterwards, and events with certificates: rooms of their own in the admin."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.admin.shared import when
from activities.models import Activity
from history.record_pages import HistoryMixin
from record_admin.filters import Filters
from record_admin.model_admin import RecordAdmin
from records.papers import as_file
from records.template_context import Label

from ..certificates import applying_rule, certifying, letters
from ..certificates.left_to_certify import left_to_certify
from ..models import WITH_PLACE, Application, CertifyingEvent, RunningTraining
from .certificates import CERTIFICATE_FIELDS, MAY, CertifyingMixin, links


class LeftToCertifyFilter(admin.SimpleListFilter):
    """What is over while certificates are still to be given."""

    title = _("afterwards")
    parameter_name = "left"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return [("certificates", _("Certificates to be given"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return left_to_certify(queryset) if self.value() == "certificates" else queryset


class WithoutPresentationForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300,
        help_text=_("Why the certificate is given without a presentation. Kept in the log of the application, for the office."),
    )  # fmt: skip


class _Counted(Protocol):
    """An event or training of the list, with what was counted for it."""

    certificate_count: int
    place_count: int
    open_count: int


class RunningAdmin(CertifyingMixin, HistoryMixin, RecordAdmin):
    """One activity, with links to all that is done for it."""

    list_filter: ClassVar[Filters] = (LeftToCertifyFilter, "status", "format", "gives_certificates")
    date_hierarchy = "starts_at"
    has_sheet_of_list = False
    ordering = ("-starts_at", "slug")
    readonly_fields: ClassVar[tuple[str, ...]] = ("called", "when", "pages")
    actions: tuple[str, ...] = ()
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    @admin.display(description=_("title"))
    def called(self, activity: Activity) -> str:
        return str(activity.title)

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, activity: Activity) -> str:
        return when(activity)

    @admin.display(description=_("what there is to do"))
    def pages(self, activity: Activity) -> SafeString:
        return links(self.certificate_links(activity))

    @admin.display(description=_("certificates"), ordering="certificate_count")
    def issued(self, activity: _Counted) -> int:
        return activity.certificate_count

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        counted = Count("certificates", Q(certificates__revoked_at=None), distinct=True)
        return super().get_queryset(request).annotate(certificate_count=counted)


@admin.register(CertifyingEvent)
class CertifyingEventAdmin(RunningAdmin):
    """Events: who took part is known from their attendance."""

    list_display = ("title", "when", "status", "gives_certificates", "issued")
    fieldsets = ((None, {"fields": ["called", "when", "pages"]}), CERTIFICATE_FIELDS)


@admin.register(RunningTraining)
class RunningTrainingAdmin(RunningAdmin):
    """A training from the first session to the last certificate."""

    list_display = ("title", "when", "status", "with_place", "to_decide", "issued")
    fieldsets = (
        (None, {"fields": ["called", "when", "pages"]}),
        CERTIFICATE_FIELDS,
        (_("Invitation letter"), {"fields": ["letter_office", "letter_signatory", "letter_words"]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        with_place = Count("applications", Q(applications__state__in=WITH_PLACE), distinct=True)
        undecided = Count("attendance_matches", Q(attendance_matches__state="open"), distinct=True)
        return super().get_queryset(request).annotate(place_count=with_place, open_count=undecided)

    @admin.display(description=_("confirmed people"), ordering="place_count")
    def with_place(self, training: _Counted) -> int:
        return training.place_count

    @admin.display(description=_("names to decide"), ordering="open_count")
    def to_decide(self, training: _Counted) -> int:
        return training.open_count

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/rule/", view(self.rule_view), name="trainings_runningtraining_rule"),
            path("nevertheless/<int:pk>/", view(self.nevertheless_view), name="trainings_nevertheless"),
            path("letter/<int:pk>.pdf", view(self.letter_view), name="trainings_letter"),
            *super().get_urls(),
        ]

    @admin.display(description=_("what there is to do"))
    def pages(self, activity: Any) -> SafeString:
        own, pk, sessions = f"?activity__id__exact={activity.pk}", [activity.pk], list(activity.sessions.all())
        attendance = [
            (reverse("admin:trainings_training_change", args=pk), _("The training: call, seats, sessions, trainers")),
            (reverse("admin:trainings_sign_in_sheet", args=pk), _("Sign-in sheet to print")),
            *((reverse("me-presence", args=["training", one.pk]), _("Tick who is there: %s") % one.title) for one in sessions),
            (reverse("admin:trainings_attendance_on_site", args=pk), _("Enter who signed on site")),
            (reverse("admin:trainings_attendance_import", args=pk), _("Import attendance from Zoom, Tencent Meeting or a sheet")),
            (reverse("admin:trainings_trainingattendancematch_changelist") + f"{own}&state__exact=open", _("Names to be decided")),
            *((reverse("admin:trainings_trainingsession_change", args=[one.pk]), _("Attendance: %s") % one.title) for one in sessions),
            (reverse("admin:trainings_runningtraining_rule", args=pk), _("Who attended, by the rule")),
        ]  # fmt: skip
        invited = (
            activity.applications.filter(state__in=letters.INVITED).select_related("person").order_by("person__name")
        )
        written = [
            (reverse("admin:trainings_letter", args=[one.pk]), _("Letter: %s") % one.person.name)
            for one in (invited if activity.letter_office and activity.letter_signatory else ())
        ]
        return links([*attendance, *self.certificate_links(activity), *written])

    def _training(self, request: HttpRequest, pk: int) -> RunningTraining:
        if not request.user.has_perm("trainings.change_application"):
            raise PermissionDenied
        return get_object_or_404(RunningTraining, pk=pk)

    def rule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who would be moved where, first; done only while it is as it was shown."""
        training, by = self._training(request, pk), request.user
        refused: list[str] = []
        if request.method == "POST":
            try:
                moved = applying_rule.apply_rule(training=training, seen=request.POST.get("seen", ""), by=by)  # type: ignore[arg-type]
            except ValidationError as error:
                refused = error.messages
            else:
                text = ngettext("%(n)d application was moved.", "%(n)d applications were moved.", moved)
                messages.success(request, text % {"n": moved})
                return redirect("admin:trainings_runningtraining_change", pk)
        found = applying_rule.proposals(training)
        return self._page(
            request, "rule", training, _now("Who attended, by the rule"), refused=refused, found=found,
            moving=sum(one.to is not None for one in found), seen=applying_rule.fingerprint(found),
        )  # fmt: skip

    def nevertheless_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A certificate for one who has not uploaded the presentation, with the officer's reason."""
        if not request.user.has_perm(MAY):
            raise PermissionDenied
        application = get_object_or_404(Application.objects.select_related("training", "person"), pk=pk)
        training, by = get_object_or_404(RunningTraining, pk=application.training_id), request.user
        back = reverse("admin:trainings_runningtraining_certificates", args=[training.pk])
        form, button = WithoutPresentationForm(request.POST or None), _now("Issue the certificate")
        if request.method == "POST" and form.is_valid():
            try:
                certifying.issue_nevertheless(application=application, reason=form.cleaned_data["reason"], by=by)  # type: ignore[arg-type]
                messages.success(request, _now("The certificate of %s is issued.") % application.person)
                return redirect(back)
            except ValidationError as refused:
                form.add_error(None, refused)
        title = _now("Presentation missing: %s") % application.person
        context = self.admin_site.each_context(request) | {
            "title": title, "opts": self.opts, "original": training, "form": form, "button": button, "back": back,
        }  # fmt: skip
        return TemplateResponse(request, "admin/act_form.html", context)

    def letter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("trainings.change_application"):
            raise PermissionDenied
        found = Application.objects.select_related("training", "person__member_state", "seat_class")
        application = get_object_or_404(found, pk=pk)
        try:
            return as_file(letters.letter_of(application), f"letter-{application.reference}")
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("admin:trainings_runningtraining_change", application.training_id)
