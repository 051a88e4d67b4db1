"""Pages by which officers add people to an event, one by one or from a sheet, and write to some of those on its list."""

from typing import Any, Final, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from accounts.models import User
from activities.hub.names import page_of
from activities.hub.sub_pages import SubPage
from notifications.admin.mass import before_doing, goes_back
from records.listing.lists import query_without
from records.template_context import Context

from ..models import Event, Registration
from ..registration import adding, asking_again, writing
from . import people_sheet
from .people_forms import AddPersonForm, LetterForm, PeopleSheetForm, packed
from .registrations import MAY, REGISTRATIONS, found_by

TOLD: Final = 10  # people who could not be added, named one by one


class _PeoplePage(SubPage, TemplateView):
    part = REGISTRATIONS

    def refuse_strangers(self) -> None:
        super().refuse_strangers()
        if not self.request.user.has_perm(MAY):
            raise PermissionDenied

    @property
    def officer(self) -> User:
        return cast(User, self.request.user)

    @property
    def event(self) -> Event:
        return cast(Event, self.record)

    @property
    def back(self) -> str:
        return page_of(self.record, REGISTRATIONS) + query_without(self.request.GET)


class AddPerson(_PeoplePage):
    """One person, or somebody who came without registering."""

    title = _lazy("Add a person")
    template_name = "admin/events/add_person.html"
    form: AddPersonForm

    def _form(self, data: Any = None) -> AddPersonForm:
        return AddPersonForm(data, event=self.event, came=self.event.starts_at <= timezone.now())

    def get_context_data(self, **kwargs: Any) -> Context:
        return super().get_context_data(**kwargs) | {
            "form": getattr(self, "form", None) or self._form(),
            "back": self.back,
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self.form = self._form(request.POST)
        if self.form.is_valid():
            try:
                self._add()
            except ValidationError as refused:
                self._tell(refused)
            else:
                again = "another" in request.POST
                return redirect(page_of(self.record, "add-person") if again else self.back)
        return self.get(request, *args, **kwargs)

    def _add(self) -> None:
        who, sessions = self.form.newcomer, self.form.cleaned_data.get("came")
        if sessions:
            place = adding.walk_in(event=self.event, who=who, sessions=sessions, by=self.officer)
            words = _("%(name)s is on the list, as present. Nobody is written to.")
        else:
            place = self._added(who)
            waits = place.state == Registration.State.WAITING
            words = _("%(name)s stands on the waiting list: no place is free.") if waits else _("%(name)s has a place.")
        messages.success(self.request, words % {"name": place.person})

    def _added(self, who: adding.Newcomer) -> Registration:
        done = adding.add_all(event=self.event, people=[who], by=self.officer)
        if done.refused:
            raise ValidationError(done.refused[0][1])
        return done.changed[0]

    def _tell(self, refused: ValidationError) -> None:
        """At the field, where one is meant."""
        at_fields = getattr(refused, "error_dict", {})
        known = {name: errors for name, errors in at_fields.items() if name in self.form.fields}
        for name, errors in known.items():
            self.form.add_error(name, errors)
        if not known:
            self.form.add_error(None, refused.messages)


class PeopleFromSheet(_PeoplePage):
    """A sheet, looked at first: what was understood of each row, the doubtful first; then everybody of it at once."""

    title = _lazy("People from a sheet")
    template_name = "admin/events/people_sheet.html"
    form: PeopleSheetForm
    people: people_sheet.People | None = None

    def get_context_data(self, **kwargs: Any) -> Context:
        form = getattr(self, "form", None) or PeopleSheetForm()
        return super().get_context_data(**kwargs) | {
            "form": form, "back": self.back, "people": self.people,
            "kept": packed(form.cleaned_data["content"]) if self.people else "",
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self.form = PeopleSheetForm(request.POST, request.FILES)
        if self.form.is_valid():
            try:
                people = people_sheet.read(self.form.cleaned_data["content"], self.event)
            except ValidationError as refused:
                self.form.add_error("file" if request.FILES else "rows", refused.messages)
            else:
                if "take" in request.POST and people.sound:
                    return self._add(people)
                self.people = people
        return self.get(request, *args, **kwargs)

    def _add(self, people: people_sheet.People) -> HttpResponseBase:
        done = adding.add_all(event=self.event, people=people.sound, by=self.officer)
        added = len(done.changed)
        words = ngettext("%(n)d person was added.", "%(n)d people were added.", added) % {"n": added}
        messages.success(self.request, words)
        for place, why in done.refused[:TOLD]:
            messages.warning(self.request, f"{place.person}: {why}")
        if len(done.refused) > TOLD:
            more = len(done.refused) - TOLD
            text = ngettext("And %(n)d more was left alone.", "And %(n)d more were left alone.", more) % {"n": more}
            messages.warning(self.request, text)
        return redirect(self.back)


class WriteToPeople(_PeoplePage):
    """A letter to those ticked, or to all that the filter of the list finds."""

    title = _lazy("Write to people")
    template_name = "admin/events/write.html"
    form: LetterForm | None = None

    def chosen(self) -> list[Registration]:
        ticked = self.request.POST.getlist("chosen")
        if ticked and not self.request.POST.get("all"):
            keys = [int(key) for key in ticked if key.isdecimal() and len(key) < 18]
            return list(self.event.registrations.filter(pk__in=keys).select_related("person"))
        if self.request.GET or self.request.POST.get("all"):
            return list(found_by(self.request, self.event))
        return list(self.event.registrations.active().select_related("person"))

    def get_context_data(self, **kwargs: Any) -> Context:
        return super().get_context_data(**kwargs) | {
            "form": self.form or LetterForm(), "back": self.back, "people": self.chosen(),
            "ticked": self.request.POST.getlist("chosen"), "all": self.request.POST.get("all", ""),
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        people = self.chosen()
        if not people:
            messages.warning(request, _("Nobody was chosen: tick at least one line."))
            return redirect(self.back)
        if "subject" not in request.POST:
            return self.get(request, *args, **kwargs)
        self.form = LetterForm(request.POST)
        if not self.form.is_valid() or goes_back(request):
            return self.get(request, *args, **kwargs)
        facts = self.form.cleaned_data
        button = ngettext("Let %(n)d mail go", "Let %(n)d mails go", len(people)) % {"n": len(people)}
        return before_doing(
            self.owner, request, title=_("Write to people: %(event)s") % {"event": self.event}, then=self.back,
            button=button, zone=self.event.timezone, context={"back_to": self.back},
            act=lambda: writing.write(event=Event(pk=self.event.pk), chosen=people, by=self.officer, **facts),
        )  # fmt: skip


class AskAgain(_PeoplePage):
    """Who is asked whether they still come, first; then they are asked."""

    title = _lazy("Ask all whether they still come")

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self._act(request)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return self._act(request)

    def _act(self, request: HttpRequest) -> HttpResponse:
        if goes_back(request):
            return redirect(self.back)
        if refused := asking_again.refusal(self.event):
            messages.error(request, refused)
            return redirect(self.back)
        number = asking_again.to_ask(self.event).count()
        if not number:
            messages.warning(
                request, _("Everybody has answered, was asked within a day, or registered after the move.")
            )
            return redirect(self.back)
        event_id = self.event.pk
        button = ngettext("Ask %(n)d person", "Ask %(n)d people", number) % {"n": number}
        return before_doing(
            self.owner, request, act=lambda: asking_again.ask(event=Event(pk=event_id), by=self.officer),
            title=_("Who still comes: %(event)s") % {"event": self.event}, then=self.back, button=button,
            zone=self.event.timezone, context={"back_to": self.back},
            explanation=_(
                "Everybody with a place or on the waiting list who registered before the move and has not answered. Each gets a link"
                " by which they say that they come, or give the place up. Who does not answer stays registered. The answers stand"
                " in the part Registrations."
            ),
        )  # fmt: skip
