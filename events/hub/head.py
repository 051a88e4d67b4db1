"""The head of an event, and the numbers of its places."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.hub.head import badges, closing_words, kind_words, public_act, when_words
from activities.hub.names import page_of
from activities.models.windows import window_of
from activities.rescheduling.admin import can_move, can_reopen
from record_admin.workspace.parts import Act, Head

from ..models import Event, Registration

State = Registration.State


@dataclass(frozen=True)
class Places:
    """How many places of an event are in which state, and how many are on offer; None: without limit."""

    confirmed: int
    held: int
    offered: int
    waiting: int
    ended: int
    most: int | None

    @property
    def taken(self) -> int:
        return self.confirmed + self.held + self.offered

    @property
    def everybody(self) -> int:
        return self.taken + self.waiting + self.ended

    @property
    def percent(self) -> int:
        return min(100, round(self.taken * 100 / self.most)) if self.most else 0

    @property
    def in_words(self) -> SafeString:
        """57 of 60 places taken, nobody waits."""
        waits = (
            ngettext("%(n)d person waits", "%(n)d people wait", self.waiting) % {"n": self.waiting}
            if self.waiting
            else _("nobody waits")
        )
        if self.most is None:
            taken = ngettext("%(n)d place taken", "%(n)d places taken", self.taken) % {"n": self.taken}
            return format_html("<b>{}</b>, {}", taken, waits)
        taken = _("%(taken)d of %(most)d") % {"taken": self.taken, "most": self.most}
        return format_html("<b>{}</b> {}, {}", taken, _("places taken"), waits)


def places_of(event: Event) -> Places:
    """One query, kept with the record for the page that is drawn."""
    kept: dict[str, object] = vars(event)
    if "places_counted" not in kept:
        counts = event.registrations.aggregate(
            **{state.value: Count("pk", filter=Q(state=state)) for state in State}
        )  # fmt: skip
        limits = [event.capacity_onsite] if event.format in ("onsite", "hybrid") else []
        limits += [event.capacity_online] if event.format in ("online", "hybrid") else []
        most = sum(one for one in limits if one is not None) if limits and None not in limits else None
        kept["places_counted"] = Places(
            counts[State.CONFIRMED], counts[State.HELD], counts[State.OFFERED], counts[State.WAITING],
            counts[State.CANCELLED] + counts[State.EXPIRED], most,
        )  # fmt: skip
    return kept["places_counted"]  # type: ignore[return-value]


def head_of(request: HttpRequest, event: Event) -> Head:
    window = window_of(event)
    places = places_of(event)
    facts = [when_words(event)]
    if window.state != "none" or places.everybody:
        facts.append(places.in_words)
    if closes := closing_words(window, _("Registration closes")):
        facts.append(closes)
    return Head(
        title=event.title,
        kind=kind_words(event, event.get_kind_display()),
        badges=badges(event, window, _("Open for registration")),
        facts=tuple(facts),
        acts=(public_act(event),),
        more=tuple(_acts(request, event)) if request.user.has_perm("events.change_event") else (),
    )


def _acts(request: HttpRequest, event: Event) -> list[Act]:
    found = []
    if request.user.has_perm("events.change_registration"):
        found.append(Act(_("Write to people"), page_of(event, "write")))
    if can_move(event):
        found.append(Act(_("Move or postpone"), page_of(event, "move")))
    if can_reopen(event):
        found.append(Act(_("Let it take place after all"), page_of(event, "reopen")))
    if event.status == Event.Status.DRAFT:
        found.append(Act(_("Announce"), page_of(event, "announce")))
    found.append(Act(_("Copy as a new event"), page_of(event, "copy")))
    found.append(Act(_("Sign-in sheet to print"), reverse("admin:events_sign_in_sheet", args=[event.pk])))
    if can_move(event):
        found.append(Act(_("Cancel the event"), page_of(event, "cancel"), ends_something=True))
    if request.user.has_perm("events.delete_event"):
        found.append(Act(_("Delete"), page_of(event, "delete"), ends_something=True))
    return found
