"""Mails that came back: each report is kept, scored, and switches an address off when there were too many.

A day counts once, whatever came back in it: 1 for an address that does not exist, a half for a mailbox that is full or a
server that is busy. Reports older than `MEMORY` no longer count. What was refused for its content or its sender says
nothing about the address and never counts.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from ..composing.letters import message_id
from ..models import Address, Bounce, Mail, MailTrace
from ..preferences import mail_preferences
from .diagnosis import kind_of_refusal

WEIGHTS: Final = {Bounce.Kind.HARD: Decimal(1), Bounce.Kind.SOFT: Decimal("0.5")}
THRESHOLD: Final = Decimal(5)
MEMORY: Final = dt.timedelta(days=90)
MOST_WORDS: Final = 2000
# The reader's own word, passed on by their mail provider or by the mail service
OF_READER: Final = frozenset({Bounce.Kind.COMPLAINT, Bounce.Kind.DECLINED})
_OUR_ID: Final = re.compile(r"mail-(\d{1,18})-[0-9a-f]{12}@[^<>\s]{1,253}")


def refused(*, mail: Mail, words: str) -> None:
    """The mail server itself refused a mail for good."""
    now = timezone.now()
    # The same when it is written down again after a fault; another one when staff send the mail again on another day
    event_id = f"smtp-{mail.pk}-{mail.attempts}-{now:%Y-%m-%d}"
    report(email=mail.email, kind=kind_of_refusal(words), at=now, words=words, event_id=event_id, mail=mail)


@transaction.atomic
def report(
    *, email: str, kind: str, at: dt.datetime, words: str, event_id: str, mail: Mail | None = None
) -> Bounce | None:
    """Keeps a report, scores its address, and says so at the mail. None if it is known already.

    `at` may be long ago: then it is kept and no longer counts. It cannot be in the future: that is a clock that is wrong.
    """
    address, at = _locked(email), min(at, timezone.now())
    words = words.replace("\x00", "")[:MOST_WORDS]
    bounce, new = Bounce.objects.get_or_create(
        event_id=event_id, defaults={"address": address, "mail": mail, "kind": kind, "at": at, "words": words}
    )
    if not new:
        return None
    if mail is not None and kind != Bounce.Kind.DECLINED:
        said = words or str(Bounce.Kind(kind).label)
        MailTrace.objects.create(mail=mail, at=at, what=MailTrace.What.RETURNED, words=said)
    if kind in OF_READER:
        address = mail_preferences.stop_all(address=address)
    address.bounces = score(address)
    if address.bounces >= THRESHOLD and address.disabled_at is None:
        address.disabled_at = timezone.now()
    address.save(update_fields=["bounces", "disabled_at"])
    return bounce


def score(address: Address) -> Decimal:
    """The worst report of each day (UTC), summed up."""
    since = max(filter(None, [timezone.now() - MEMORY, address.cleared_at]))
    days: dict[dt.date, Decimal] = {}
    for kind, at in address.returned.filter(at__gt=since, kind__in=WEIGHTS).values_list("kind", "at"):
        day = at.astimezone(dt.UTC).date()
        days[day] = max(days.get(day, Decimal(0)), WEIGHTS[Bounce.Kind(kind)])
    return sum(days.values(), Decimal(0))


@transaction.atomic
def switch_on(*, address: Address) -> None:
    """Writes to an address again; what came back before no longer counts."""
    address = _locked(address.email)
    address.disabled_at, address.bounces, address.cleared_at = None, Decimal(0), timezone.now()
    address.save(update_fields=["disabled_at", "bounces", "cleared_at"])


def mail_named(name: str) -> Mail | None:
    """The mail of a Message-ID as a report gives it, with angle brackets or without. Nobody but its reader knows the mark."""
    found = _OUR_ID.fullmatch(name.strip().strip("<>"))
    mail = Mail.objects.filter(pk=int(found[1])).first() if found else None
    if mail is None or found is None:
        return None
    # A mail that went out under an older SECRET_KEY or host has kept its name in the row
    return mail if f"<{found[0]}>" in {mail.message_id, message_id(mail)} else None


def mail_named_in(text: str) -> Mail | None:
    """The first of our mails whose Message-ID stands anywhere in a text; a text that holds many is no report."""
    names = dict.fromkeys(found[0] for found in _OUR_ID.finditer(text))
    return next((mail for name in list(names)[:5] if (mail := mail_named(name))), None)


def is_ours(email: str) -> bool:
    """Whether we have ever written to an address: a mail service may report what others send through it."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return Address.objects.filter(email=email.lower()).exists() or Mail.objects.filter(email__iexact=email).exists()


def _locked(email: str) -> Address:
    Address.objects.bulk_create([Address(email=email.lower())], ignore_conflicts=True)
    return Address.objects.select_for_update().get(email=email.lower())
