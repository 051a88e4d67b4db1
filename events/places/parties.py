"""Several people who were registered in one form: found again by a signed address that goes to whoever sent it."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.persons.mailboxes import mailbox_of
from notifications.recipients import key_of_address

from ..models import Event, Registration, RegistrationQuerySet

PARTY: Final = "events.party"


@dataclass(frozen=True)
class Party:
    """`mailbox` is the key of the address to which the link goes; `number`, how many people the form named."""

    event_id: int
    key: str
    mailbox: str
    number: int

    def everybody(self) -> RegistrationQuerySet:
        """In the order of the form."""
        return Registration.objects.filter(event=self.event_id, party=self.key).exclude(party="").with_readers()

    def of_mailbox(self) -> list[Registration]:
        return [one for one in self.everybody() if key_of_address(mailbox_of(one.person)) == self.mailbox]


def party_url(event: Event, party: Party) -> str:
    """In the language that is active."""
    token = signing.dumps([party.event_id, party.key, party.mailbox, party.number], salt=PARTY)
    return settings.SITE_URL + reverse("event-party", args=[event.slug, token])


def party_of(token: str) -> Party | None:
    """None for a token that was not made by us."""
    try:
        return Party(*signing.loads(token, salt=PARTY))
    except signing.BadSignature:
        return None
