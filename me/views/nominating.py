"""A focal point nominates: fills in and sends the application of a person of the own state, with or without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.models import Person
from activities.models.windows import window_of
from records.template_context import Context, Keywords
from trainings.applications.forms import NominationForm
from trainings.applications.views import CheckMixin
from trainings.applications.writing import WriteMixin
from trainings.models import Application, Training

from ..access import StatesPage
from .people import OfOwnState


class NominatingPage(OfOwnState, StatesPage):
    """What one applies for oneself stands on the page of the training, as for everybody."""

    kwargs: Keywords

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        mine = request.user.is_authenticated and self.scope.states and self.one.user_id == request.user.pk
        if mine and "slug" in kwargs:
            return redirect("training-apply", slug=kwargs["slug"])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def applicant(self) -> Person:
        return self.one

    @cached_property
    def nominated_by(self) -> Person | None:
        return self.own_person()

    def write_url(self) -> str:
        return reverse("me-person-apply", kwargs=self.kwargs)

    def check_url(self) -> str:
        return reverse("me-person-apply-check", kwargs=self.kwargs)

    def sent_url(self, application: Application) -> str:
        return reverse("me-person", args=[self.one.pk])

    def get_context_data(self, **kwargs: object) -> Context:
        this: Any = self
        return super().get_context_data(**kwargs) | this.writing_context() | {"one": self.one}


class CallsView(OfOwnState, StatesPage, TemplateView):
    """The calls that are open now."""

    template_name = "me/person_calls.html"

    def get_context_data(self, **kwargs: object) -> Context:
        coming = Training.objects.published().filter(starts_at__gt=timezone.now()).order_by("starts_at", "slug")
        open_now = [(one, window_of(one)) for one in coming]
        return super().get_context_data(**kwargs) | {
            "one": self.one, "calls": [(one, window) for one, window in open_now if window.state == "open"],
        }  # fmt: skip


class ApplyView(NominatingPage, WriteMixin, TemplateView):
    template_name = "me/person_apply.html"
    form_class = NominationForm

    def may_show_form(self) -> bool:
        """A draft that the person has begun alone is theirs."""
        return super().may_show_form() and (self.application is None or self.application.nominated_by_id is not None)


class CheckView(NominatingPage, CheckMixin, TemplateView):
    template_name = "me/person_apply_check.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.application is None or self.application.nominated_by_id is None:
            return redirect(self.write_url())
        return super().get(request, *args, **kwargs)
