"""After a move: whether somebody still comes, asked with the address of their place, where they say so or give it up."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models.times import start_before
from notifications.mail_types import Drop, Facts, MailType, register

from ..models import Event, Registration
from ..places.signed_links import place_url
from .facts import NOT_REGISTERED, facts_of, invitation_for

ANSWERED: Final = Drop(_("The person has answered already."))
OVERTAKEN: Final = Drop(_("The event was changed again meanwhile."))


def _asked(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    """As long as the event stands where it stood when it was asked, and nobody has answered."""
    found = Registration.objects.active().select_related("event", "person__care_of")
    registration = found.filter(pk=subject_id).first()
    if registration is None:
        return NOT_REGISTERED
    event = registration.event
    moved_again = occurrence.partition(".")[0] != str(event.sequence)
    if moved_again or event.status != Event.Status.ANNOUNCED or event.starts_at <= timezone.now():
        return OVERTAKEN
    if registration.comes_at is not None:
        return ANSWERED
    was = event.postponements.exclude(moved_at=None).last()
    before = {"was": start_before(was, event)} if was else {}
    facts = facts_of(registration) | before | {"place_url": place_url(registration)}
    return Facts(facts, invitation_for(registration))


def occurrence_of(event: Event, mailing_id: int) -> str:
    return f"{event.sequence}.m{mailing_id}"


STILL_COMING: Final = register(
    MailType(
        name="events.still_coming", label=_("Asked whether they still come"), topic="events", facts=_asked,
        template="events/still_coming", service=True, lifetime=dt.timedelta(days=14),
    )
)  # fmt: skip
