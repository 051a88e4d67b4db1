"""The page of one's own place, reached by the signed address in the mail; who holds it answers, corrects and gives up."""

from collections.abc import Callable
from typing import Any, Final, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from accounts.models import Consent
from accounts.persons import consents
from accounts.persons.mailboxes import mailbox_of
from activities.icalendar.entries import as_calendar, calendar_of, entry_of, has_entry
from activities.icalendar.guests import guest_of
from activities.models import times
from activities.pages.views import head_of
from network.models import MemberState
from records.formats.date_formatting import on_clock
from records.template_context import Context

from ..mails.facts import join_url_of
from ..models import Registration
from ..places import capacity, signed_links
from ..places.calendar_versions import raised_of
from . import asking_again, details, guest_registration
from .details_form import DetailsForm

PASSING_ON: Final[dict[str, Callable[..., None]]] = {
    "pass-on": guest_registration.allow_transfer,
    "keep-here": guest_registration.refuse_transfer,
}


class OfPlace:
    """One place by its signed address."""

    kwargs: dict[str, Any]

    @cached_property
    def place(self) -> Registration:
        found = signed_links.registration_of(self.kwargs["token"])
        if found is None or found.event.slug != self.kwargs["slug"]:
            raise Http404("no such token")
        return found


@method_decorator(never_cache, name="dispatch")
class PlaceView(OfPlace, TemplateView):
    """A GET changes nothing: scanners of mail open every link."""

    template_name = "events/place.html"

    def get_context_data(self, **kwargs: object) -> Context:
        place, zone = self.place, self.place.reader_zone
        waits = place.state == Registration.State.WAITING
        mailbox = mailbox_of(place.person)
        others = place.event.registrations.active().of_mailbox(mailbox or "–").exclude(pk=place.pk).with_readers()
        return super().get_context_data(**kwargs) | head_of(place.event) | {
            "place": place,
            "own": times.on_clocks(place.event, zone),
            "deadline": on_clock(place.held_until, zone) if place.held_until else None,
            "position": capacity.position_of(place) if waits else 0,
            "passed_on": consents.holds(person=place.person, what=Consent.What.TRANSFER),
            "details": kwargs.get("details") or self.details(),
            "mailbox": mailbox, "same_mailbox": [one.person.name for one in others],
            "typed": self._typed(), "has_entry": has_entry(place.event), "token": self.kwargs["token"],
        }  # fmt: skip

    def details(self, data: Any = None) -> DetailsForm:
        return DetailsForm(data, place=self.place)

    def _typed(self) -> dict[str, str]:
        """What was typed for this place and is otherwise in the profile of an account."""
        typed = dict(self.place.typed)
        if code := typed.get("member_state"):
            state = MemberState.objects.filter(pk=code).first()
            typed["member_state"] = str(state) if state else ""
        return typed

    def post(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        act = request.POST.get("act")
        try:
            if act == "details":
                return self._keep_details()
            if act == "confirm":
                self._say(guest_registration.confirm(place=self.place))
            elif act == "comes":
                asking_again.comes(registration=self.place)
                messages.success(request, _("Thank you: it is written down that you come."))
            elif act == "cancel":
                asking_again.gives_up(registration=self.place)
                messages.success(
                    request,
                    _("%(name)s is no longer registered. A mail confirms it.") % {"name": self.place.person.name},
                )
            elif act == "links":
                self._send_links()
            elif act in PASSING_ON:
                PASSING_ON[act](place=self.place)
                messages.success(request, _("Your choice is kept."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("event-place", slug=slug, token=token)

    def _keep_details(self) -> HttpResponse:
        form = self.details(self.request.POST)
        if form.is_valid():
            try:
                details.change(registration=self.place, facts=form.cleaned_data)
                del self.place
                email = form.cleaned_data.get("email", "")
                asked = bool(email) and details.ask_address(registration=self.place, email=email)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(self.request, _("It is kept."))
                if asked:
                    words = _(
                        "A mail is on its way to %(email)s. Until its button is pressed, mails go to the old address."
                    )
                    messages.info(self.request, words % {"email": email})
                return redirect("event-place", **self.kwargs)
        self.__dict__.pop("place", None)
        return self.render_to_response(self.get_context_data(details=form, form=form))

    def _send_links(self) -> None:
        """Nobody sees the links of others: they go by mail, to the mailbox itself."""
        sent = details.send_links(registration=self.place)
        messages.success(self.request, _("The links are on their way.") if sent else _("They were sent a moment ago."))

    def _say(self, place: Registration) -> None:
        words = {
            Registration.State.CONFIRMED: _("Your place is confirmed. A mail with all you need is on its way."),
            Registration.State.WAITING: _("You are on the waiting list. A mail comes as soon as a place is free."),
            Registration.State.OFFERED: _("A place is free for you: take it below."),
        }
        if text := words.get(cast(Any, place.state)):
            messages.success(self.request, text)


@method_decorator(never_cache, name="dispatch")
class PlaceCalendarView(OfPlace, View):
    """One's own entry for a calendar: with the name, and the address to join."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        place = self.place
        if not has_entry(place.event) or not place.is_active:
            raise Http404("no entry")
        confirmed = place.state == Registration.State.CONFIRMED
        with translation.override(place.reader_language if place.reader_language in dict(settings.LANGUAGES) else "en"):
            entry = entry_of(
                place.event, guest=guest_of(place.person), tentative=not confirmed, raised=raised_of(place),
                join_url=join_url_of(place) if confirmed else "",
            )  # fmt: skip
            return as_calendar(calendar_of([entry]), f"{slug}-{place.pk}")


@method_decorator(never_cache, name="dispatch")
class NewAddressView(TemplateView):
    """The link in the mail to a new address: whoever presses the button there reads it."""

    template_name = "events/place_address.html"

    def found(self) -> tuple[Registration, str]:
        found = signed_links.new_address_of(self.kwargs["token"])
        if found is None or found[0].event.slug != self.kwargs["slug"]:
            raise Http404("no such token")
        return found

    def get_context_data(self, **kwargs: object) -> Context:
        place, email = self.found()
        return super().get_context_data(**kwargs) | head_of(place.event) | {"place": place, "email": email}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        place, email = self.found()
        try:
            changed = details.take_address(registration=place, email=email)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(request.path)
        messages.success(request, _("Mails about this place come to %(email)s from now on.") % {"email": email})
        return redirect("event-place", slug=changed.event.slug, token=signed_links.token_of(changed))
