"""One application in the admin: everything that weighs, the log, the officer's points, and the decision."""

from typing import cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.admin.personal import PersonalAdmin
from accounts.models import User
from record_admin.fields import ReadOnlyMixin
from record_admin.links import linked
from record_admin.listing.views import ListView
from records.template_context import Context

from ..models import Application
from ..selection import scoring
from ..selection.forms import DecisionForm, ScoreForm
from ..workflow.transitions import State


@admin.register(Application)
class ApplicationAdmin(ReadOnlyMixin, PersonalAdmin):
    """Applications with the log of decisions, to read: only the acts of selection move them, and say why."""

    change_form_template = "admin/trainings/application.html"
    list_display = ("reference", "person", "training", "state", "member_state", "seat_class", "submitted_at")
    list_filter = ("state", "member_state", ("training", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("person", "training", "member_state", "seat_class")
    further_columns = ("wanted_class", "endorsed", "endorsement_rank", "reserve_rank", "answer_by", "created_at")
    zone_of_list = "training.timezone"
    list_views = (
        ListView.of("to-decide", _lazy("To be decided"), "state", State.SUBMITTED, State.ENDORSED, State.NOT_ENDORSED, State.SHORTLISTED),
        ListView.of("with-seat", _lazy("With a seat"), "state", State.SELECTED, State.CONFIRMED),
        ListView.of("reserve-list", _lazy("On the reserve list"), "state", State.RESERVE_LIST),
        ListView.of("ended", _lazy("Declined or withdrawn"), "state", State.DECLINED, State.WITHDRAWN),
        ListView.of("drafts", _lazy("Not sent yet"), "state", State.DRAFT),
    )  # fmt: skip
    nothing_yet = _lazy("People apply on the public page of a training while its call is open.")
    search_fields = ("reference", "person__name", "person__native_name", "person__email", "training__slug")
    date_hierarchy = "created_at"
    site_link = linked("site", _lazy("site"))
    fields = readonly_fields = (
        "training", "person", "state", "member_state", "wanted_class", "seat_class", "site_link", "nominated_by",
        "endorsed", "endorsement_rank", "reserve_rank", "submitted_at", "answer_by", "may_be_listed",
    )  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.score_view)
        return [path("<int:pk>/score/", view, name="trainings_application_score"), *super().get_urls()]

    def render_change_form(
        self,
        request: HttpRequest,
        context: Context,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: models.Model | None = None,
    ) -> HttpResponse:
        one: Application = context["original"]
        training = one.training
        officer = cast(User, request.user)
        own = one.scores.filter(officer=officer).first()
        context |= {
            "training": training,
            "steps": one.steps.select_related("by"),
            "scores": one.scores.select_related("officer"),
            "score_form": ScoreForm(instance=own),
            "decision": DecisionForm(training=training),
            "earlier": _earlier(one),
            "may_decide": one.state != State.DRAFT and officer.has_perm("trainings.change_training"),
        }  # fmt: skip
        return super().render_change_form(request, context, add, change, form_url, obj)

    def score_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        application = get_object_or_404(Application.objects.select_related("person"), pk=pk)
        user = cast(User, request.user)
        if request.method != "POST" or not user.has_perm("trainings.change_training"):
            raise PermissionDenied
        form = ScoreForm(request.POST)
        if form.is_valid():
            try:
                scoring.score(
                    application=application, officer=user, points=form.cleaned_data["points"], note=form.cleaned_data["note"]
                )  # fmt: skip
                messages.success(request, _("Your points are kept."))
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))
        else:
            messages.error(request, _("Points go from 1 to 5; a note has 300 characters at most. Nothing was kept."))
        return redirect(reverse("admin:trainings_application_change", args=[pk]))


def _earlier(one: Application) -> list[Application]:
    """What the person has applied for besides, the latest first."""
    others = Application.objects.filter(person=one.person_id).exclude(pk=one.pk).exclude(state=State.DRAFT)
    return list(others.select_related("training").order_by("-created_at", "-pk")[:20])
