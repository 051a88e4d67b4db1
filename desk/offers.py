"""Asking for an offer: the request lands on the officer's desk, in the secretariat's mailbox, and is confirmed to the asker."""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from network.models import MemberState, Programme
from notifications import outbox
from notifications.recipients import of_address

from .mails import OFFER_ASKED, OFFER_RECEIVED
from .models import OfferRequest


@transaction.atomic
def ask(
    *,
    offer: Programme,
    name: str,
    email: str,
    organisation: str,
    member_state: MemberState | None,
    message: str,
    language: str,
) -> OfferRequest:
    """Keeps the request and writes both mails down. The asker's holds nothing that was typed: an address may be a stranger's."""
    request = OfferRequest.objects.create(
        programme=offer,
        name=name,
        email=email,
        organisation=organisation,
        member_state=member_state,
        message=message,
        language=language,
    )
    outbox.put(kind=OFFER_ASKED.name, subject=request, recipient=of_address(settings.SECRETARIAT_EMAIL))
    outbox.put(kind=OFFER_RECEIVED.name, subject=request, recipient=of_address(email, language=language))
    return request


def forget(requests: QuerySet) -> int:
    """Leaves of requests what was asked for and when, and nothing of who asked. How many."""
    return requests.exclude(email="").update(name="–", email="", organisation="–", message="", answer_note="")
