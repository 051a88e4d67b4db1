"""Registering several people in one form: people, check, done; and the page on which who sent it answers for all of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from accounts.models import Person, User
from accounts.persons.mailboxes import mailbox_of
from activities.pages.views import clocks_of_reader, head_of
from activities.timezones.reader_zone import ReaderZoneMixin, reader_of
from history.origin import host_of
from records.formats.date_formatting import on_clock
from records.language_of_address import language_of_reader
from records.printed_names import tell_of_missing_letters
from records.template_context import Context

from ..models import Event, Registration
from ..places import parties, signed_links
from ..places.capacity import position_of
from . import registering, together
from .together_forms import AT_FIRST, TogetherForm, rows_of, without


class TogetherView(ReaderZoneMixin, TemplateView):
    """Everything that was typed goes along with every press of a button, and nothing is written before the last."""

    template_name = "events/register_together.html"

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event.objects.published(), slug=self.kwargs["slug"])

    @cached_property
    def person(self) -> Person | None:
        user = self.request.user
        return Person.objects.filter(user=user).first() if isinstance(user, User) else None

    def form(self, data: Any = None, typed: dict[str, Any] | None = None) -> TogetherForm:
        first = {"people": AT_FIRST, "time_zone": reader_of(self.request).zone or self.event.timezone}
        if self.person is not None:
            known = self.person
            first |= {
                "organisation": known.organisation, "member_state": known.member_state_id, "time_zone": known.time_zone,
                "p1-name": known.name, "p1-native_name": known.native_name,
            }  # fmt: skip
        initial = typed if typed is not None else first
        return TogetherForm(
            data, event=self.event, person=self.person, host=host_of(self.request), initial=initial,
            use_required_attribute=False,
        )  # fmt: skip

    def page(self, form: TogetherForm, *, checking: bool = False) -> HttpResponse:
        people = len(form.rows)
        forecast = together.forecast(self.event, form.way, people)
        reader = reader_of(self.request)
        context = self.get_context_data(form=form) | head_of(self.event) | {
            "reader": reader, "reader_clocks": clocks_of_reader(self.event, reader), "known": self.person is not None,
            "forecast": forecast, "checking": checking, "left": together.MOST - people, "next": people + 1,
            "most": together.MOST, "drawn": self.request.POST.get("drawn") or form.signed_time,
        }  # fmt: skip
        if checking:
            context["people"] = [
                (row, index < forecast.get, forecast.queued + index + 1 - forecast.get) for index, row in enumerate(form.rows)
            ]  # fmt: skip
            hidden = {"csrfmiddlewaretoken", "do"}
            context["said"] = [(name, value) for name, value in self.request.POST.items() if name not in hidden]
        response = self.render_to_response(context)
        add_never_cache_headers(response)
        return response

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.page(self.form())

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        do, typed = request.POST.get("do", ""), request.POST.dict()
        if do == "more":
            return self.page(self.form(typed=typed | {"people": rows_of(typed) + 1}))
        if do.startswith("drop-"):
            return self.page(self.form(typed=without(typed, do.removeprefix("drop-"))))
        if do == "change":
            return self.page(self.form(typed=typed))
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        if do != "send":
            return self._check(form)
        return self._send(form)

    def _check(self, form: TogetherForm) -> HttpResponse:
        try:
            registering.refuse(event=self.event, presence=form.way)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.page(form)
        return self.page(form, checking=True)

    def _mailbox(self, said: Context) -> str:
        if self.person is None:
            return str(said["email"]).lower()
        return mailbox_of(self.person) or str(getattr(self.request.user, "email", ""))

    def _send(self, form: TogetherForm) -> HttpResponse:
        said = form.cleaned_data
        if form.refuse_addresses():
            return self.page(form)
        who = together.Together(
            event=self.event, presence=form.way, email=self._mailbox(said),
            organisation=said["organisation"], member_state=said["member_state"], time_zone=said["time_zone"],
            language=language_of_reader(), host=host_of(self.request), person=self.person,
        )  # fmt: skip
        try:
            registering.refuse(event=self.event, presence=form.way)
            party = None
            if self.person is not None or form.may_send():
                party = together.register(who=who, people=[row.newcomer() for row in form.rows])
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.page(form)
        for row in form.rows:
            tell_of_missing_letters(self.request, row.cleaned_data)
        if self.person is not None and party is not None:
            return redirect(parties.party_url(self.event, party))
        return redirect("event-registered", slug=self.event.slug)


@method_decorator(never_cache, name="dispatch")
class PartyView(TemplateView):
    """Who was named in one form, for whoever sent it. A GET changes nothing: scanners of mail open every link."""

    template_name = "events/party.html"

    @cached_property
    def party(self) -> parties.Party:
        found = parties.party_of(self.kwargs["token"])
        if found is None or found.event_id != self.event.pk:
            raise Http404("no such token")
        return found

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event.objects.published(), slug=self.kwargs["slug"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        first = self.party.everybody().select_related("event").first()
        if first is not None and signed_links.have_ended(first):
            raise Http404("the address has ended")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> Context:
        here = self.party.of_mailbox()
        for one in here:
            one.event = self.event
        waits = Registration.State.WAITING
        ends = min((one.held_until for one in here if one.is_unconfirmed and one.held_until), default=None)
        zone = here[0].reader_zone if here else self.event.timezone
        unconfirmed = [
            one for one in self.party.everybody() if one.is_unconfirmed or one.state == Registration.State.EXPIRED
        ]
        return super().get_context_data(**kwargs) | head_of(self.event) | {
            "places": [(one, position_of(one) if one.state == waits else 0) for one in here],
            "others": max(0, self.party.number - len(here)), "number": self.party.number, "to_confirm": bool(unconfirmed),
            "deadline": on_clock(ends, zone) if ends else None,
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        places = list(self.party.everybody().select_related("event"))
        try:
            if request.POST.get("act") == "confirm":
                together.confirm(places=places)
                messages.success(request, _("You have confirmed. Each of them gets a mail of their own."))
            elif request.POST.get("act") == "give-up":
                together.give_up(places=places)
                messages.success(request, _("Nobody of them is registered by this form."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect(request.path)
