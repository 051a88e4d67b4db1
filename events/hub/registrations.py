"""Everybody registered for one event: narrowed, looked at, taken out as a sheet; and the acts on those who are chosen."""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import View

from activities.models import Attendance
from history import audit
from record_admin.listing.kept_lists import KeptList
from record_admin.workspace.pages import HubPage
from records.formats.date_formatting import moment_words
from records.listing.exports import Download, Feature, Value, xlsx_response
from records.listing.lists import RecordListView, query_without
from records.template_context import Context, Keywords, Label

from ..models import Event, PlaceAct, Registration
from ..registration import asking_again
from .registration_filters import SHORT_AUDIENCE, SHORT_STATE, VIEWS, RegistrationFilterSet, counts_by_field

REGISTRATIONS: Final = "registrations"
PER_PAGE: Final = 25
MAY: Final = "events.change_registration"
SEES_CONTACT: Final = "accounts.view_person"


def listed(event: Event) -> QuerySet[Registration]:
    """All of an event, with what a line tells of each."""
    present = Attendance.objects.filter(session__activity=event.pk, person=OuterRef("person"), minutes__gt=0)
    rows = event.registrations.select_related("person__member_state", "person__care_of")
    return rows.annotate(was_there=Exists(present)).order_by("-created_at", "-pk")


def found_by(request: HttpRequest, event: Event) -> QuerySet[Registration]:
    """Those that the filter in the address finds; none for a filter that is wrong."""
    filtered = RegistrationFilterSet(request.GET, queryset=listed(event), event=event)
    return filtered.qs if filtered.form.is_valid() else listed(event).none()


class RegistrationsPage(KeptList, HubPage, RecordListView):
    """The list; it is narrowed by its address, and acts are done with those ticked, or with all that are found."""

    part = REGISTRATIONS
    model = Registration
    filterset_class = RegistrationFilterSet
    template_name = "admin/events/registrations.html"
    paginate_by = PER_PAGE
    wants = "view"
    list_label = "events.registrations"
    columns: ClassVar[dict[str, Label]] = {
        "member_state": _lazy("Member state"),
        "audience": _lazy("Comes as"),
        "place": _lazy("Place"),
        "registered": _lazy("Registered"),
        "own_time": _lazy("Own time"),
        "email": _lazy("E-mail"),
        "organisation": _lazy("Organisation"),
        "position": _lazy("Position"),
        "language": _lazy("Language"),
        "confirmed": _lazy("Confirmed"),
    }
    columns_at_first = ("member_state", "audience", "place", "registered", "own_time")

    def columns_offered(self) -> dict[str, Label]:
        """An address is shown to whoever may see persons."""
        sees = self.request.user.has_perm(SEES_CONTACT)
        return {name: label for name, label in self.columns.items() if sees or name != "email"}

    def get_queryset(self) -> QuerySet[Registration]:
        return listed(self.record)

    def get_filterset_kwargs(self, filterset_class: object) -> Keywords:
        return super().get_filterset_kwargs(filterset_class) | {"event": self.record}

    def get_context_data(self, **kwargs: Any) -> Context:
        event: Event = self.record
        context = super().get_context_data(**kwargs)
        counts = counts_by_field(event)
        asked = self.request.GET.getlist("state")
        return context | {
            "views": [_View.of(slug, label, states, counts["state"], asked) for slug, label, states in VIEWS],
            "picks": [(context["form"][name], counts.get(name, {})) for name in ("state", "member_state", "audience", "presence", "more")],
            "short_audience": SHORT_AUDIENCE,
            "short_state": SHORT_STATE,
            "last_act": last_act(event, self.request),
            "may_act": self.request.user.has_perm(MAY),
            "sees_contact": self.request.user.has_perm(SEES_CONTACT),
            "answers": asking_again.answers(event),
            "may_ask": not asking_again.refusal(event) and asking_again.to_ask(event).exists(),
            "has_begun": event.starts_at <= timezone.now(),
            "query": query_without(self.request.GET, "page"),
        }  # fmt: skip


class _View:
    """A view of the list with how many it shows."""

    def __init__(self, label: object, query: str, number: int, is_current: bool) -> None:
        self.label, self.query, self.number, self.is_current = label, query, number, is_current

    @classmethod
    def of(cls, slug: str, label: object, states: tuple, counts: dict[str, int], asked: list[str]) -> "_View":
        names = [str(state.value) for state in states]
        number = sum(counts.get(name, 0) for name in names) if names else sum(counts.values())
        query = "?" + "&".join(f"state={name}" for name in names) if names else "."
        return cls(label, query, number, sorted(asked) == sorted(names))


def last_act(event: Event, request: HttpRequest) -> PlaceAct | None:
    """What the officer has done last with places here, as long as it can be undone."""
    last = PlaceAct.objects.filter(event=event, by_id=request.user.pk, until__gt=timezone.now()).first()
    return last if last is not None and last.can_be_undone else None


class RegistrationsSheet(HubPage, View):
    """What the filter finds, as a sheet. Contact stands in it for whoever may see it."""

    part = REGISTRATIONS
    wants = "change"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        event: Event = self.record
        rows = found_by(request, event)
        contact = request.user.has_perm(SEES_CONTACT)
        audit.note(
            what=audit.What.EXPORTED, by_id=request.user.pk, on=event, detail=f"registrations, {rows.count()} rows"
        )
        minutes = minutes_of(event)
        columns: dict[str, Callable[[Registration], Value]] = {
            _("Number"): lambda one: one.pk, _("Name"): lambda one: one.person.name,
            _("Name in the own script"): lambda one: one.person.native_name,
            **({_("E-mail"): lambda one: one.person.email, _("In care of"): _care_of} if contact else {}),
            _("Organisation"): lambda one: one.person.organisation,
            _("Position"): lambda one: one.person.position,
            _("Member state"): lambda one: one.person.member_state.name if one.person.member_state else "",
            _("Comes as"): lambda one: one.get_audience_display(), _("Takes part"): lambda one: one.get_presence_display(),
            _("State"): lambda one: one.get_state_display(),
            _("Registered"): lambda one: _moment(one.created_at, event), _("Confirmed"): lambda one: _moment(one.confirmed_at, event),
            _("Still comes"): _still_comes, _("Language"): lambda one: one.reader_language, _("Minutes present"): lambda one: minutes.get(one.person_id),
        }  # fmt: skip
        features = (
            Feature(str(one.pk), one.person.name, {name: value(one) for name, value in columns.items()}) for one in rows
        )
        title = _("Registrations")
        return xlsx_response(Download(f"registrations-{event.slug}", title, tuple(columns), features))


def _still_comes(registration: Registration) -> Value:
    """Asked after a move; nothing for whoever was not asked."""
    if registration.asked_at is None:
        return ""
    return _("yes") if registration.comes_at else _("no answer") if registration.is_active else _("no")


def _care_of(registration: Registration) -> Value:
    return registration.person.care_of.name if registration.person.care_of else ""


def _moment(moment: dt.datetime | None, event: Event) -> Value:
    return moment_words(moment, event.timezone) if moment else ""


def minutes_of(event: Event) -> dict[int, int]:
    """Minutes present in all sessions together, by person."""
    found: dict[int, int] = {}
    for person, minutes in Attendance.objects.filter(session__activity=event.pk).values_list("person", "minutes"):
        found[person] = found.get(person, 0) + minutes
    return found
