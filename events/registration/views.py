"""Registering for an event, and the page of one's own place, reached by the signed address in the mail."""

from collections.abc import Callable
from typing import Any, Final, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from accounts.models import Consent, Person, User
from accounts.persons import consents
from activities.models import times
from activities.pages.views import clocks_of_reader, head_of
from activities.timezones.reader_zone import ReaderZoneMixin, reader_of
from history.origin import host_of
from records.formats.date_formatting import on_clock
from records.language_of_address import language_of_reader
from records.printed_names import tell_of_missing_letters
from records.template_context import Context, Keywords
from records.written_to import remember, written_to

from ..models import Event, Registration
from ..places import capacity, signed_links
from . import asking_again, guest_registration
from .forms import RegisterForm

PASSING_ON: Final[dict[str, Callable[..., None]]] = {
    "pass-on": guest_registration.allow_transfer,
    "keep-here": guest_registration.refuse_transfer,
}


class RegisterView(ReaderZoneMixin, FormView):
    """One page with at most eight fields. What it answers does not tell whether the address is known or a place free."""

    template_name = "events/register.html"
    form_class = RegisterForm

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event.objects.published(), slug=self.kwargs["slug"])

    @cached_property
    def person(self) -> Person | None:
        user = self.request.user
        return Person.objects.filter(user=user).first() if isinstance(user, User) else None

    def get_initial(self) -> dict[str, object]:
        zone = reader_of(self.request).zone
        chosen = {"time_zone": zone} if zone else {}
        return super().get_initial() | RegisterForm.initial_of(self.person) | chosen

    def get_form_kwargs(self) -> Keywords:
        return super().get_form_kwargs() | {"event": self.event, "person": self.person, "host": host_of(self.request)}

    def get_context_data(self, **kwargs: object) -> Context:
        prefetch_related_objects([self.event], "postponements")
        own = self.event.registrations.active().filter(person=self.person).first() if self.person else None
        reader = reader_of(self.request)
        context = super().get_context_data(**kwargs)
        if "time_zone" not in context["form"].fields:
            context |= self.zone_context(reader, self.event.starts_at)
        return context | head_of(self.event) | {
            "reader": reader,
            "reader_clocks": clocks_of_reader(self.event, reader),
            "own_place": signed_links.place_url(own) if own else "",
            "places": [
                (Registration.Presence(way).label, capacity.free(self.event, way)) for way in capacity.presences_of(self.event)
            ],
        }  # fmt: skip

    def form_valid(self, form: RegisterForm) -> HttpResponse:
        facts = form.cleaned_data
        try:
            if self.person is not None:
                made = guest_registration.register_known(
                    event=self.event, person=self.person, presence=form.way, facts=facts
                )
                tell_of_missing_letters(self.request, facts)
                return redirect(signed_links.place_url(made))
            if form.may_send():
                guest_registration.register_guest(
                    event=self.event,
                    presence=form.way,
                    facts=facts,
                    language=language_of_reader(),
                    host=host_of(self.request),
                )
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        tell_of_missing_letters(self.request, facts)
        return remember(redirect("event-registered", slug=self.event.slug), facts["email"])


@method_decorator(never_cache, name="dispatch")
class RegisteredView(TemplateView):
    """The same for everybody who sent the form."""

    template_name = "events/registered.html"

    def get_context_data(self, **kwargs: object) -> Context:
        event = get_object_or_404(Event.objects.published(), slug=self.kwargs["slug"])
        return super().get_context_data(**kwargs) | head_of(event) | {"written_to": written_to(self.request)}


@method_decorator(never_cache, name="dispatch")
class PlaceView(TemplateView):
    """One's own place. A GET changes nothing: scanners of mail open every link."""

    template_name = "events/place.html"

    @cached_property
    def place(self) -> Registration:
        found = signed_links.registration_of(self.kwargs["token"])
        if found is None or found.event.slug != self.kwargs["slug"]:
            raise Http404("no such token")
        return found

    def get_context_data(self, **kwargs: object) -> Context:
        place, zone = self.place, self.place.person.own_zone or self.place.event.timezone
        waits = place.state == Registration.State.WAITING
        return super().get_context_data(**kwargs) | head_of(place.event) | {
            "place": place,
            "own": times.on_clocks(place.event, zone),
            "deadline": on_clock(place.held_until, zone) if place.held_until else None,
            "position": capacity.position_of(place) if waits else 0,
            "passed_on": consents.holds(person=place.person, what=Consent.What.TRANSFER),
        }  # fmt: skip

    def post(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        act = request.POST.get("act")
        try:
            if act == "confirm":
                self._say(guest_registration.confirm(place=self.place))
            elif act == "comes":
                asking_again.comes(registration=self.place)
                messages.success(request, _("Thank you: it is written down that you come."))
            elif act == "cancel":
                asking_again.gives_up(registration=self.place)
                messages.success(request, _("You are no longer registered. A mail confirms it."))
            elif act in PASSING_ON:
                PASSING_ON[act](place=self.place)
                messages.success(request, _("Your choice is kept."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("event-place", slug=slug, token=token)

    def _say(self, place: Registration) -> None:
        words = {
            Registration.State.CONFIRMED: _("Your place is confirmed. A mail with all you need is on its way."),
            Registration.State.WAITING: _("You are on the waiting list. A mail comes as soon as a place is free."),
            Registration.State.OFFERED: _("A place is free for you: take it below."),
        }
        if text := words.get(cast(Any, place.state)):
            messages.success(self.request, text)
