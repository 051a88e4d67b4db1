"""The mail to whoever sent one form for several people: one button answers for all of them."""

import datetime as dt
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models.times import on_clocks
from notifications.mail_types import Drop, Facts, MailType, register
from records.formats.date_formatting import on_clock
from records.formats.partial_dates import Precision

from ..models import Event, Registration
from ..places.capacity import answer_by
from ..places.parties import Party, party_url
from .facts import GONE, title_of


def occurrence_of(party: Party) -> str:
    return f"{party.number}.{party.key}"


def _facts(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    """Named are those who are reached at this address. Of the others only their number is told, which was typed: who sends the
    form learns of nobody whether the portal knows them."""
    event = Event.objects.filter(pk=subject_id).first()
    if event is None:
        return GONE
    if event.status == Event.Status.CANCELLED:
        return Drop(_("The event was cancelled."))
    number, _dot, key = occurrence.partition(".")
    party = Party(event.pk, key, recipient_key, int(number))
    here = party.of_mailbox()
    deadline = min((one.held_until for one in here if one.is_unconfirmed and one.held_until), default=answer_by(event))
    if deadline <= timezone.now() or event.starts_at <= timezone.now():
        return Drop(_("The time to answer is over."))
    zone = timezone.get_current_timezone_name()
    place, own = on_clocks(event), on_clocks(event, zone)
    return Facts({
        "title": title_of(event), "place": place, "venue": event.venue,
        "own": own if own != place and event.start_precision == Precision.MINUTE else None,
        "event_url": settings.SITE_URL + event.get_absolute_url(),
        "people": [(one.person.name, one.state == Registration.State.HELD, one.is_unconfirmed) for one in here],
        "number": party.number, "others": max(0, party.number - len(here)),
        "party_url": party_url(event, party), "deadline": on_clock(deadline, zone),
    })  # fmt: skip


PARTY: Final = register(
    MailType(
        name="events.party_to_confirm", label=_("Registration of several people to confirm"), topic="registration", facts=_facts,
        template="events/party_to_confirm", service=True, lifetime=dt.timedelta(days=7),
    )
)  # fmt: skip
