"""Applying for a training: one page to write, one to check, then it is sent. The same for a focal point who nominates."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.models import Consent
from accounts.persons import consents
from activities.pages.views import ActivityView
from records.template_context import Context

from ..calls.answers import answered
from ..models import Application, SeatClass, Training
from . import applying
from .forms import seat_words
from .writing import WriteMixin, WritingMixin


class CheckMixin(WritingMixin):
    """All answers before they are sent, and the button that sends them."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not self.is_draft:
            return redirect(self.write_url())
        context = self.get_context_data(pairs=answered(cast(Application, self.application)), **self.facts())  # type: ignore[attr-defined]
        return self.render_to_response(context)  # type: ignore[attr-defined]

    def facts(self) -> Context:
        application = cast(Application, self.application)
        wanted: SeatClass | None = application.wanted_class
        return {
            "seat": seat_words(wanted, application.member_state) if wanted else "",
            "transfer": consents.holds(person=self.applicant, what=Consent.What.TRANSFER),
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.application is None:
            return redirect(self.write_url())
        posted = request.POST.get("seen", "")
        seen = int(posted) if posted.isdecimal() and len(posted) < 9 else -1
        try:
            sent = applying.send(application=self.application, by=self.writer, at=self.arrived, seen=seen)
        except ValidationError as refused:
            twice = applying.sent_as_seen(application=self.application, seen=seen)
            if twice is None:
                messages.error(request, " ".join(refused.messages))
                return redirect(self.check_url() if refused.code == "stale" else self.write_url())
            sent = twice  # the button was pressed twice: both presses are answered alike
        words = _("Sent. The reference is %(reference)s.") % {"reference": sent.reference}
        messages.success(request, words)
        return redirect(self.sent_url(sent))


class ApplyView(WriteMixin, ActivityView):
    """`/trainings/<slug>/apply/`: anybody reads how things stand; who is signed in writes."""

    template_name = "trainings/apply.html"

    def get_queryset(self) -> QuerySet:
        return Training.objects.prefetch_related("questions", "seat_classes__only_states")

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.page(None)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={self.write_url()}")
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> Context:
        self.object = self.training
        own = self.writing_context() if self.request.user.is_authenticated else {"write_url": self.write_url()}
        return super().get_context_data(**kwargs) | own


class ApplyCheckView(CheckMixin, TemplateView):
    template_name = "trainings/apply_check.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "POST":  # the press that sends waits behind the sign-in
                return redirect(f"{reverse('account_login')}?next={request.path}")
            return redirect("training-apply", slug=kwargs["slug"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | self.writing_context()
