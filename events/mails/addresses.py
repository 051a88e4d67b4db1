"""The mail with a new personal address: somebody asked for one, or an officer made the old one worthless."""

import datetime as dt
import hashlib
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notifications.mail_types import Drop, Facts, MailType, register

from ..models import Event, Registration
from .facts import GONE, NOT_REGISTERED, facts_of, registration_of


def occurrence_of(registration: Registration) -> str:
    """Each new address once; the digest does not tell it."""
    digest = hashlib.sha256(registration.join_token.encode()).hexdigest()[:12]
    return f"{registration.pk}.{digest}"


def _new_address(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    if not Event.objects.filter(pk=subject_id).exists():
        return GONE
    registration = registration_of(subject_id, recipient_key)
    if registration is None:
        return NOT_REGISTERED
    if occurrence != occurrence_of(registration):
        return Drop(_("The address was renewed again meanwhile."))
    personal_url = settings.SITE_URL + reverse("join", args=[registration.join_token])
    return Facts(facts_of(registration) | {"personal_url": personal_url})


NEW_ADDRESS: Final = register(
    MailType(
        name="events.new_address", label=_("New personal address to join"), topic="events", facts=_new_address,
        template="events/new_address", service=True, lifetime=dt.timedelta(days=14),
    )
)  # fmt: skip
