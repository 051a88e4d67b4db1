"""The list of who is there, to be ticked on a phone: for the trainers of a session, and for officers."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from accounts.sign_in.second_factor import ask_for_factor, lacks_second_factor
from activities.attendance import ticking
from activities.attendance.ticking import Tick
from activities.models import Session
from activities.models.times import session_clock
from records.template_context import Context

from ..access import OwnPage

NOT_THERE: Final = "-"


class PresenceView(OwnPage, TemplateView):
    template_name = "me/presence.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and lacks_second_factor(request.user):
            return ask_for_factor(request)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def session(self) -> Session:
        """Only a session one leads; officers any. Of nothing that was cancelled."""
        may = Q() if self.scope.all else Q(trainers__user=self.user)
        of_kind = Session.objects.filter(may, pk=self.kwargs["pk"], activity__activity_type=self.kwargs["kind"])
        found = of_kind.select_related("activity").distinct().first()
        if found is None or found.activity.status in ("draft", "cancelled"):
            raise Http404("not a session of yours")
        return found

    def get_context_data(self, **kwargs: object) -> Context:
        activity, minutes = self.session.activity, ticking.present_in(self.session)
        people = activity.people_with_place().select_related("member_state").order_by("name", "pk")
        lines = [
            {"person": one, "minutes": minutes.get(one.pk), "seen": minutes.get(one.pk, NOT_THERE)} for one in people
        ]
        return super().get_context_data(**kwargs) | {
            "session": self.session,
            "activity": activity,
            "clock": session_clock(self.session, activity),
            "lines": lines,
            "present": sum(line["minutes"] is not None for line in lines),
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            done = ticking.tick(session=self.session, ticks=_ticks(request), by=self.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            _tell(request, done)
        return redirect(request.path)


def _ticks(request: HttpRequest) -> dict[int, Tick]:
    """What the page sent; a line that makes no sense is left out."""
    there = set(request.POST.getlist("there"))
    found = {}
    for line in request.POST.getlist("seen"):
        person, _colon, seen = line.partition(":")
        if person.isascii() and person.isdecimal() and len(person) < 16 and (seen == NOT_THERE or seen.isdecimal()):
            found[int(person)] = Tick(None if seen == NOT_THERE else int(seen[:6]), person in there)
    return found


def _tell(request: HttpRequest, done: ticking.Ticked) -> None:
    came = ngettext("%(n)d person ticked.", "%(n)d people ticked.", done.came) % {"n": done.came}
    gone = ngettext("%(n)d tick taken away.", "%(n)d ticks taken away.", done.gone) % {"n": done.gone}
    messages.success(request, " ".join(filter(None, [came, gone if done.gone else ""])))
    if done.left_alone:
        names = ", ".join(person.name for person in done.left_alone)
        messages.warning(
            request, _("Somebody else has changed these meanwhile, they stay: %(names)s") % {"names": names}
        )
