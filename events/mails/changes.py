"""Mails that an event was moved, postponed, cancelled or takes place after all: to everybody registered."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.models.times import start_before
from notifications.mail_types import Drop, Facts, FactsOf, MailType, register

from ..models import Event, Registration
from .facts import GONE, NOT_REGISTERED, facts_of, invitation_for, registration_of

OVERTAKEN: Final = Drop(_("The event was changed again meanwhile."))
Holds = Callable[[Registration], bool]


def _facts(holds: Holds) -> FactsOf:
    """Facts as long as the event still stands as the mail says."""

    def find(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        if not Event.objects.filter(pk=subject_id).exists():
            return GONE
        registration = registration_of(subject_id, recipient_key)
        if registration is None:
            return NOT_REGISTERED
        if occurrence.partition(".")[2] != str(registration.event.sequence) or not holds(registration):
            return OVERTAKEN
        was = registration.event.postponements.exclude(moved_at=None).last()
        before = {"was": start_before(was, registration.event)} if was else {}
        return Facts(facts_of(registration) | before, invitation_for(registration))

    return find


def _is_cancelled(registration: Registration) -> bool:
    return registration.event.status == Event.Status.CANCELLED


def _takes_place(registration: Registration) -> bool:
    return not _is_cancelled(registration)


def _change(name: str, label: Promise, holds: Holds) -> MailType:
    """Such a mail cannot be declined: somebody may be on the way."""
    return register(
        MailType(
            name=f"events.{name}", label=label, topic="events", facts=_facts(holds), template=f"events/{name}",
            service=True, lifetime=dt.timedelta(days=14),
        )
    )  # fmt: skip


MOVED: Final = _change("moved", _("Event moved"), _takes_place)
POSTPONED: Final = _change("postponed", _("Event postponed, new day not known"), _takes_place)
CANCELLED: Final = _change("cancelled", _("Event cancelled"), _is_cancelled)
REOPENED: Final = _change("reopened", _("Event takes place after all"), _takes_place)
NAMES: Final = [kind.name for kind in (MOVED, POSTPONED, CANCELLED, REOPENED)]
