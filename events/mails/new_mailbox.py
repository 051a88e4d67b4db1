"""The mail that asks a new address whether mails about a place may go there."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext_lazy as _

from notifications.mail_types import Drop, Facts, MailType, register

from ..models import Registration
from .facts import facts_of
from .registration import REMOVED


def _facts(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    found = Registration.objects.active().select_related("event", "person__care_of").filter(pk=subject_id).first()
    return Facts(facts_of(found)) if found else REMOVED


NEW_MAILBOX: Final = register(
    MailType(
        name="events.new_mailbox", label=_("New e-mail address to confirm"), topic="registration", facts=_facts,
        template="events/new_mailbox", service=True, secrets=frozenset({"proof_url"}), lifetime=dt.timedelta(days=3),
    )
)  # fmt: skip
