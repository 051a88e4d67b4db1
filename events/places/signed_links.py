"""The signed address of one registration: by it, without an account, a person confirms, sees the position, or cancels.

It names the registration and its personal address to join: when that is made anew, for instance since a mail came into wrong
hands, every older link of both kinds ends with it. And all end some time after the event.
"""

import datetime as dt
import hashlib
import hmac
from typing import Final

from django.conf import settings
from django.core import signing
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from ..models import Registration

GOOD_AFTERWARDS: Final = dt.timedelta(days=400)  # as long as lists of attendance are kept
GOOD_FOR_PROOF: Final = dt.timedelta(days=3)  # a new address answers by then
NEW_ADDRESS: Final = "events.place.address"
_signer = Signer(salt="events.place")


def _generation(registration: Registration) -> str:
    return hashlib.sha256(f"place/{registration.join_token}".encode()).hexdigest()[:16]


def token_of(registration: Registration) -> str:
    return _signer.sign(f"{registration.pk}.{_generation(registration)}")


def registration_of(token: str) -> Registration | None:
    """None for a token that was not made by us, or has ended, or whose registration is gone."""
    try:
        number, generation = _signer.unsign(token).split(".")
        found = Registration.objects.select_related("event", "person__care_of").filter(pk=int(number)).first()
    except (BadSignature, ValueError):
        return None
    if found is None or not hmac.compare_digest(generation, _generation(found)) or have_ended(found):
        return None
    return found


def address_token_of(registration: Registration, email: str) -> str:
    """What is mailed to a new address: whoever sends it back reads there."""
    return signing.dumps([registration.pk, _generation(registration), email], salt=NEW_ADDRESS)


def new_address_of(token: str) -> tuple[Registration, str] | None:
    """The place and the address that was typed for it; None for a token that has ended."""
    try:
        number, generation, email = signing.loads(token, salt=NEW_ADDRESS, max_age=GOOD_FOR_PROOF)
    except signing.BadSignature:
        return None
    found = Registration.objects.select_related("event", "person__care_of").filter(pk=number).first()
    if found is None or not hmac.compare_digest(generation, _generation(found)) or have_ended(found):
        return None
    return found, email


def have_ended(registration: Registration) -> bool:
    """Whether what a person without an account was sent leads nowhere any more."""
    event = registration.event
    return timezone.now() > (event.ends_at or event.starts_at) + GOOD_AFTERWARDS


def place_url(registration: Registration) -> str:
    """In the language that is active."""
    address = reverse("event-place", args=[registration.event.slug, token_of(registration)])
    return settings.SITE_URL + address


def address_url(registration: Registration, email: str) -> str:
    token = address_token_of(registration, email)
    return settings.SITE_URL + reverse("event-place-address", args=[registration.event.slug, token])
