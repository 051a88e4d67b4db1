"""The door of an online event: who may enter, and when; and the personal address that leads to it."""

import datetime as dt
from enum import StrEnum
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import JoinLink
from notifications import outbox

from ..mails import addresses
from ..models import DoorOpening, Event, Registration, new_token
from ..places.readers import reader_of

OPENS_BEFORE: Final = dt.timedelta(minutes=30)
# An event whose end nobody wrote down, or that runs late, is not shut in the middle.
SHUTS_AFTER: Final = dt.timedelta(hours=1)
LASTS_UNLESS_KNOWN: Final = dt.timedelta(hours=3)
# When the page loads itself anew: each minute once the opening is near, else not at all.
NEAR: Final = dt.timedelta(hours=1)
REFRESH_SECONDS: Final = 60


class Door(StrEnum):
    """What somebody with a personal address finds."""

    CANCELLED = "cancelled"  # the event does not take place
    NO_PLACE = "no_place"  # not confirmed, or no longer
    ONSITE = "onsite"  # the place is at the venue; the links are for those who have one online
    EARLY = "early"
    OPEN = "open"
    OVER = "over"


def opens_at(event: Event) -> dt.datetime:
    return event.starts_at - OPENS_BEFORE


def shuts_at(event: Event) -> dt.datetime:
    return (event.ends_at or event.starts_at + LASTS_UNLESS_KNOWN) + SHUTS_AFTER


def door_of(registration: Registration) -> Door:
    """Whether the links of an event are shown to somebody now."""
    event, now = registration.event, timezone.now()
    if event.status == Event.Status.CANCELLED:
        return Door.CANCELLED
    if registration.state != Registration.State.CONFIRMED:
        return Door.NO_PLACE
    if not registration.joins_online:
        return Door.ONSITE
    if now < opens_at(event):
        return Door.EARLY
    return Door.OPEN if now < shuts_at(event) else Door.OVER


def countdown(event: Event) -> str:
    """How long until the links appear: “2 days and 3 hours”, “45 minutes”. Full minutes, the last one counted."""
    seconds = max(0, (opens_at(event) - timezone.now()).total_seconds())
    minutes = max(1, -int(-seconds // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [
        ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if days else "",
        ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes} if minutes and not days else "",
    ]
    shown = [part for part in parts if part]
    return _("%(first)s and %(second)s") % {"first": shown[0], "second": shown[1]} if len(shown) == 2 else shown[0]


def refresh_seconds(event: Event, door: Door) -> int:
    """After how many seconds the page is drawn anew by itself; 0: not at all."""
    left = opens_at(event) - timezone.now()
    if door != Door.EARLY or left > NEAR:
        return 0
    return max(5, min(REFRESH_SECONDS, int(left.total_seconds()) + 1))


def links_of(event: Event) -> list[tuple[str, list[JoinLink]]]:
    """The ways in: those for the whole event first, then those of each session under its title."""
    links = list(event.join_links.select_related("session"))
    whole = [link for link in links if link.session_id is None]
    sessions = sorted(
        {link.session for link in links if link.session}, key=lambda one: (one.starts_at, one.title, one.pk)
    )
    groups = [(session.title, [link for link in links if link.session_id == session.pk]) for session in sessions]
    return [("", whole), *groups] if whole else groups


def note_opening(*, registration: Registration) -> None:
    """Notes when somebody first found the links; later visits are not noted."""
    DoorOpening.objects.get_or_create(registration=registration, defaults={"at": timezone.now()})


@transaction.atomic
def renew_address(*, registration: Registration) -> Registration:
    """Makes the personal address worthless and sends its owner another one. ValidationError when there is no place."""
    found = Registration.objects.select_for_update(of=("self",)).select_related("person__care_of", "event")
    registration = found.get(pk=registration.pk)
    if registration.state in Registration.GONE:
        raise ValidationError(_("This registration has ended: there is no address to renew."))
    registration.join_token = new_token()
    registration.save(update_fields=["join_token"])
    outbox.put(
        kind=addresses.NEW_ADDRESS.name, subject=registration.event, recipient=reader_of(registration),
        occurrence=addresses.occurrence_of(registration),
    )  # fmt: skip
    return registration


@transaction.atomic
def revoke_address(*, registration: Registration) -> None:
    """Makes the personal address worthless and tells nobody; a reminder to come brings the new one."""
    Registration.objects.filter(pk=registration.pk).update(join_token=new_token())
