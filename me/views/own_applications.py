"""One's own applications: where they stand, what comes next, and what can be done now."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from directory.moments import on_clock
from events.reader_zone import reader_of
from trainings import follow_up, participants, progress
from trainings.answers import answered
from trainings.conditions import TAKES_PART
from trainings.follow_up_views import FollowUpMixin
from trainings.models import Application, ApplicationFile, ApplicationStep
from trainings.plain_words import standing_of

from ..access import OwnPage

PER_PAGE = 20


class ApplicationsView(OwnPage, ListView):
    """All of them, the latest first; a draft says until when it can be sent."""

    template_name = "me/own_applications.html"
    paginate_by = PER_PAGE

    def get_queryset(self) -> Any:
        own = Application.objects.filter(person__user=self.user).select_related("training")
        return own.order_by("-created_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        now = timezone.now()
        return context | {
            "lines": [
                (one, standing_of(one, now), one.training.deadline_zone or one.training.timezone)
                for one in context["page_obj"]
            ]
        }


class OfOwn:
    """One of the own applications; everybody else's are not found."""

    @cached_property
    def application(self) -> Application:
        this: Any = self
        found = Application.objects.filter(person__user=this.user, reference=this.kwargs["reference"])
        found = found.select_related(
            "training", "person", "member_state", "wanted_class", "seat_class", "reserve", "geopark"
        )
        application = found.prefetch_related("training__questions", "files").first()
        if application is None:
            raise Http404("no such application of one's own")
        return application


class ApplicationView(OfOwn, OwnPage, TemplateView):
    template_name = "me/own_application.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, now = self.application, timezone.now()
        standing = standing_of(one, now)
        rule, own = one.training.deadline_zone or one.training.timezone, reader_of(self.request).zone
        files = list(one.files.all())
        open_now = follow_up.is_open(one, now)
        return super().get_context_data(**kwargs) | {
            "application": one, "training": one.training, "standing": standing, "pairs": answered(one),
            "steps": one.steps.select_related("by__person"), "for_person": ApplicationStep.For.PERSON,
            "until": on_clock(standing.until, rule) if standing.until else None,
            "until_own": on_clock(standing.until, own) if standing.until and own and own != rule else None,
            "asks_more": open_now and (one.training.asks_presentation or bool(follow_up.questions_of(one.training))),
            "presentations": [file for file in files if file.purpose == ApplicationFile.Purpose.PRESENTATION],
            "sees_participants": participants.may_see(one), "takes_part": one.state in TAKES_PART,
        }  # fmt: skip

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        arrived = timezone.now()
        one, act, reason = self.application, request.POST.get("act"), request.POST.get("reason", "")[:1000]
        try:
            if act == "take-back":
                progress.take_back(application=one, by=self.user, at=arrived)
                messages.success(request, _("It is a draft again. Send it anew before the deadline."))
                return redirect("training-apply", slug=one.training.slug)
            if act == "confirm":
                progress.confirm(application=one, by=self.user, at=arrived)
                messages.success(request, _("The seat is yours. A mail confirms it."))
            elif act == "decline":
                progress.decline(application=one, by=self.user, reason=reason)
                messages.success(request, _("The seat is given back. A mail confirms it."))
            elif act in ("list", "unlist"):
                participants.list_or_not(application=one, may_be_listed=act == "list")
                messages.success(request, _("Your choice is kept."))
            elif act == "withdraw":
                progress.withdraw(application=one, by=self.user, reason=reason)
                messages.success(request, _("Your application is withdrawn."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("me-application", reference=reference)


class FollowUpView(OfOwn, FollowUpMixin, OwnPage, TemplateView):
    template_name = "trainings/follow_up.html"

    def standing_url(self) -> str:
        return reverse("me-application", args=[self.application.reference])


class ParticipantsView(OfOwn, OwnPage, TemplateView):
    """For those who stand on the list themselves."""

    template_name = "me/participants.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not participants.may_see(self.application):
            raise Http404("only those who agree to be listed see the list")
        listed = participants.listed(self.application.training)
        return super().get_context_data(**kwargs) | {"application": self.application, "listed": listed}
