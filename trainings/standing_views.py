"""The page of one application, by its signed address: where it stands, what comes next, and the answer to an offer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from directory.moments import on_clock
from events.occasion_pages import head_of

from . import personal_address, progress
from .models import Application


@method_decorator(never_cache, name="dispatch")
class StandingView(TemplateView):
    """One's own application. A GET changes nothing: scanners of mail open every link."""

    template_name = "trainings/standing.html"

    @cached_property
    def application(self) -> Application:
        found = personal_address.application_of(self.kwargs["token"])
        if found is None or found.training.slug != self.kwargs["slug"]:
            raise Http404("no such token")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, zone = self.application, self.application.person.time_zone
        return super().get_context_data(**kwargs) | head_of(one.training) | {
            "application": one,
            "deadline": on_clock(one.answer_by, zone) if one.answer_by else None,
        }  # fmt: skip

    def post(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        arrived = timezone.now()
        one = self.application
        by = request.user if request.user.is_authenticated and request.user == one.person.user else None
        try:
            if request.POST.get("act") == "confirm":
                progress.confirm(application=one, by=by, at=arrived)
                messages.success(request, _("The seat is yours. A mail confirms it."))
            elif request.POST.get("act") == "give-up":
                progress.withdraw(application=one, by=by, reason=request.POST.get("reason", "")[:1000])
                messages.success(request, _("Your application is withdrawn. A mail confirms it."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("training-application", slug=slug, token=token)
