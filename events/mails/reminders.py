"""Reminders of an event, to everybody with a place: with the personal address to join."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.mail_types import Drop, Facts, MailType, register
from notifications.topics import Frequency

from ..models import Event, Registration
from .facts import GONE, NOT_REGISTERED, REMINDERS, facts_of, registration_of

STANDS: Final = {Event.Status.ANNOUNCED, Event.Status.DRAFT}


def occurrence_of(registration: Registration, event: Event) -> str:
    """Each registration and each move of the event is reminded of anew."""
    return f"{registration.pk}.{event.sequence}"


def _facts(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    event = Event.objects.filter(pk=subject_id).first()
    if event is None:
        return GONE
    if event.status == Event.Status.CANCELLED:
        return Drop(_("The event was cancelled."))
    registration = registration_of(subject_id, recipient_key)
    if registration is None or registration.state != Registration.State.CONFIRMED:
        return NOT_REGISTERED
    if occurrence != occurrence_of(registration, event):
        return Drop(_("The event was moved."))
    if event.status not in STANDS or event.starts_at <= timezone.now():
        return Drop(_("The event has begun already."))
    return Facts(facts_of(registration))


def _reminder(name: str, label: Promise, lead: Promise, late: dt.timedelta, *frequencies: Frequency) -> MailType:
    def facts(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        found = _facts(subject_id, recipient_key, occurrence)
        return found if isinstance(found, Drop) else Facts({**found.values, "lead": lead})

    return register(
        MailType(
            name=f"events.{name}", label=label, topic=REMINDERS.name, facts=facts, template="events/reminder",
            lifetime=late, frequencies=frozenset(frequencies),
        )
    )  # fmt: skip


# `late`: a reminder that could not go out in time is worth nothing later than that.
WEEK: Final = _reminder(
    "reminder_week", _("Reminder: a week before"), _("Reminder"), dt.timedelta(days=5), Frequency.ALL
)
DAY: Final = _reminder(
    "reminder_day", _("Reminder: a day before"), _("Reminder"), dt.timedelta(hours=20), Frequency.ALL, Frequency.DAY
)
HOUR: Final = _reminder(
    "reminder_hour", _("Reminder: an hour before"), _("Begins soon"), dt.timedelta(minutes=55), Frequency.ALL
)
NAMES: Final = [WEEK.name, DAY.name, HOUR.name]
