"""Mails about a place: to confirm it, on the waiting list, offered, confirmed, cancelled. All answer what was asked for."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.icalendar.entries import withdrawal
from activities.icalendar.guests import guest_of
from notifications.mail_types import CalendarPart, Drop, Facts, FactsOf, MailType, register
from records.formats.date_formatting import on_clock
from records.template_context import Context

from ..models import Event, Registration
from ..places.calendar_versions import raised_of
from ..places.capacity import position_of
from ..places.signed_links import place_url
from .facts import facts_of, invitation_for

State = Registration.State
REMOVED: Final = Drop(_("The registration is no longer there."))
OVERTAKEN: Final = Drop(_("The registration has changed meanwhile."))


def _facts(state: str) -> FactsOf:
    """Facts as long as the registration still stands as the mail says."""

    def find(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        registration = Registration.objects.select_related("event", "person__care_of").filter(pk=subject_id).first()
        if registration is None:
            return REMOVED
        if registration.state != state:
            return OVERTAKEN
        if registration.event.status == Event.Status.CANCELLED and state != State.CANCELLED:
            return Drop(_("The event was cancelled."))
        deadline = registration.held_until
        if deadline and deadline <= timezone.now():
            return Drop(_("The time to answer is over."))
        return Facts({**facts_of(registration), **_place(registration)}, _calendar(registration))

    return find


def _place(registration: Registration) -> Context:
    deadline, zone = registration.held_until, registration.reader_zone
    waits = registration.state == State.WAITING
    return {
        "place_url": place_url(registration),
        "deadline": on_clock(deadline, zone) if deadline else None,
        "position": position_of(registration) if waits else 0,
    }


def _calendar(registration: Registration) -> CalendarPart | None:
    """The entry goes into the calendar with the place, and out of it when the place is given back."""
    if registration.state == State.CANCELLED and registration.confirmed_at and (guest := guest_of(registration.person)):
        return withdrawal(registration.event, guest=guest, raised=raised_of(registration))
    return invitation_for(registration)


def _about(name: str, label: Promise, state: str) -> MailType:
    return register(
        MailType(
            name=f"events.{name}", label=label, topic="registration", facts=_facts(state), template=f"events/{name}",
            service=True, lifetime=dt.timedelta(days=7),
        )
    )  # fmt: skip


TO_CONFIRM: Final = _about("place_to_confirm", _("Registration to confirm"), State.HELD)
CONFIRMED: Final = _about("place_confirmed", _("Registration confirmed"), State.CONFIRMED)
WAITING: Final = _about("place_waiting", _("On the waiting list"), State.WAITING)
PROMOTED: Final = _about("place_offered", _("Place offered"), State.OFFERED)
LAPSED: Final = _about("place_lapsed", _("Offer lapsed"), State.EXPIRED)
CANCELLED: Final = _about("place_cancelled", _("Registration cancelled"), State.CANCELLED)
KIND_OF_STATE: Final = {
    State.HELD: TO_CONFIRM,
    State.CONFIRMED: CONFIRMED,
    State.WAITING: WAITING,
    State.OFFERED: PROMOTED,
}
