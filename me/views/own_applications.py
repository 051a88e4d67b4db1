"""One's own applications: where they stand, what comes next, and what can be done now."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from accounts.models import User
from accounts.persons.mailboxes import of_reader
from records.template_context import Context
from trainings.applications import participants
from trainings.applications.follow_up_views import FollowUpMixin
from trainings.applications.status_text import status_text_of
from trainings.applications.status_views import StatusMixin
from trainings.calls.answers import answered
from trainings.models import Application, ApplicationFile, ApplicationQuerySet, Certificate
from trainings.workflow.conditions import TAKES_PART

from ..access import OwnPage

PER_PAGE = 20


def own_applications(user: User) -> ApplicationQuerySet:
    """One's own, and those of people who are reached through one's mailbox and were not nominated."""
    others = Q(person__user=user.pk) | Q(nominated_by=None)
    return Application.objects.filter(of_reader(user, "person__"), others)


class ApplicationsView(OwnPage, ListView):
    """All of them, the latest first; a draft says until when it can be sent."""

    template_name = "me/own_applications.html"
    paginate_by = PER_PAGE

    def get_queryset(self) -> ApplicationQuerySet:
        return own_applications(self.user).select_related("training", "person").order_by("-created_at", "-pk")

    def get_context_data(self, **kwargs: object) -> Context:
        context = super().get_context_data(**kwargs)
        now = timezone.now()
        return context | {
            "lines": [
                (one, status_text_of(one, now), one.training.deadline_zone or one.training.timezone)
                for one in context["page_obj"]
            ]
        }


class OfOwn:
    """One of the own applications; everybody else's are not found."""

    @cached_property
    def application(self) -> Application:
        this: Any = self
        found = own_applications(this.user).filter(reference=this.kwargs["reference"])
        found = found.select_related(
            "training", "person__care_of", "member_state", "wanted_class", "seat_class", "site"
        )
        application = found.prefetch_related("training__questions", "files").first()
        if application is None:
            raise Http404("no such application of one's own")
        return application


class ApplicationView(OfOwn, StatusMixin, OwnPage, TemplateView):
    template_name = "me/own_application.html"
    acts = ("confirm", "decline", "take-back", "withdraw")

    def get_context_data(self, **kwargs: object) -> Context:
        one = self.application
        files = list(one.files.all())
        return super().get_context_data(**kwargs) | {
            "pairs": answered(one),
            "presentations": [file for file in files if file.purpose == ApplicationFile.Purpose.PRESENTATION],
            "sees_participants": participants.may_see(one), "takes_part": one.state in TAKES_PART,
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        act = request.POST.get("act")
        if act not in ("list", "unlist"):
            return super().post(request, *args, **kwargs)
        try:
            participants.list_or_not(application=self.application, may_be_listed=act == "list")
            messages.success(request, _("Your choice is kept."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect(self.standing_url())

    def after(self, act: str) -> str:
        if act == "take-back":
            slug = self.application.training.slug
            if self.application.person.user_id is None:
                return reverse("me-mailbox-apply", args=[self.application.person_id, slug])
            return reverse("training-apply", args=[slug])
        return self.standing_url()

    def standing_url(self) -> str:
        return reverse("me-application", args=[self.application.reference])

    def follow_up_url(self) -> str:
        return reverse("me-follow-up", args=[self.application.reference])

    def letter_url(self) -> str:
        return reverse("me-letter", args=[self.application.reference])

    def certificate_url(self, certificate: Certificate) -> str:
        return reverse("me-certificate", args=[certificate.number])


class FollowUpView(OfOwn, FollowUpMixin, OwnPage, TemplateView):
    template_name = "trainings/follow_up.html"

    def standing_url(self) -> str:
        return reverse("me-application", args=[self.application.reference])


class ParticipantsView(OfOwn, OwnPage, TemplateView):
    """For those who stand on the list themselves."""

    template_name = "me/participants.html"

    def get_context_data(self, **kwargs: object) -> Context:
        if not participants.may_see(self.application):
            raise Http404("only those who agree to be listed see the list")
        listed = participants.listed(self.application.training)
        return super().get_context_data(**kwargs) | {"application": self.application, "listed": listed}
