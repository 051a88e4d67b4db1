"""A mail that an officer sends to the own address, to see it as a reader would: in one language, with secrets covered."""

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import outbox
from .composing.letters import Letter
from .mail_types import Facts, MailType, register
from .models import Mail
from .recipients import of_address


def _facts(subject_id: int, recipient_key: str, occurrence: str) -> Facts:
    """All there is to say was written when the test was asked for."""
    return Facts()


TEST: Final = register(
    MailType(
        name="notifications.test", label=_("Test of a mail, to the officer who asked for it"), topic="notifications",
        facts=_facts, template="notifications/test", service=True, secrets=frozenset({"heading", "words"}),
    )
)  # fmt: skip


@transaction.atomic
def send_test(*, mail: Mail, letter: Letter, email: str, zone: str) -> None:
    """Sends the words of a letter, as staff look at them, to an officer. It is no mail of its reader's: nobody else gets it."""
    outbox.put(
        kind=TEST.name,
        subject=mail,
        recipient=of_address(email, language=letter.language, zone=zone),
        occurrence=f"{timezone.now():%Y%m%d%H%M%S%f}",
        payload={"heading": letter.subject, "words": letter.text},
    )
