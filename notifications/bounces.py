"""Mails that came back: each report is kept, scored, and switches an address off when there were too many.

A day counts once, whatever came back in it: 1 for an address that does not exist, a half for a mailbox that is full or a
server that is busy. Reports older than `MEMORY` no longer count. What was refused for its content or its sender says
nothing about the address and never counts.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from .models import Address, Bounce, Mail, MailTrace
from .topics import Frequency, all_topics

WEIGHTS: Final = {Bounce.Kind.HARD: Decimal(1), Bounce.Kind.SOFT: Decimal("0.5")}
THRESHOLD: Final = Decimal(5)
MEMORY: Final = dt.timedelta(days=90)
# Enhanced status codes (RFC 3463): 5.1.x is about the address, 5.2.2 and 4.x.x about now, 5.7.x about policy.
_STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


def kind_of_refusal(words: str) -> str:
    """What a server's permanent refusal says: hard, soft or policy. Without an enhanced code, 550 is taken for the address."""
    found = _STATUS.search(words)
    if found is None:
        return Bounce.Kind.HARD if words.startswith(("550", "551", "553")) else Bounce.Kind.POLICY
    klass, subject = found[1], found[2]
    if klass == "5" and subject == "1":
        return Bounce.Kind.HARD
    return Bounce.Kind.SOFT if klass == "4" or subject == "2" else Bounce.Kind.POLICY


def refused(*, mail: Mail, words: str) -> None:
    """The mail server itself refused a mail for good."""
    report(
        email=mail.email, kind=kind_of_refusal(words), at=timezone.now(), words=words, event_id=f"smtp-{mail.pk}-{mail.attempts}",
        mail=mail,
    )  # fmt: skip


@transaction.atomic
def report(
    *, email: str, kind: str, at: dt.datetime, words: str, event_id: str, mail: Mail | None = None
) -> Bounce | None:
    """Keeps a report, scores its address, and says so at the mail. None if it is known already."""
    address = _locked(email)
    bounce, new = Bounce.objects.get_or_create(
        event_id=event_id, defaults={"address": address, "mail": mail, "kind": kind, "at": at, "words": words}
    )
    if not new:
        return None
    if mail is not None:
        MailTrace.objects.create(mail=mail, at=at, what=MailTrace.What.RETURNED, words=words)
    if kind == Bounce.Kind.COMPLAINT:
        address.wishes = {**address.wishes, **{topic.name: Frequency.NEVER for topic in all_topics()}}
    address.bounces = score(address)
    if address.bounces >= THRESHOLD and address.disabled_at is None:
        address.disabled_at = timezone.now()
    address.save(update_fields=["wishes", "bounces", "disabled_at"])
    return bounce


def score(address: Address) -> Decimal:
    """The worst report of each day (UTC), summed up."""
    since = max(filter(None, [timezone.now() - MEMORY, address.cleared_at]))
    days: dict[dt.date, Decimal] = {}
    for kind, at in address.returned.filter(at__gte=since, kind__in=WEIGHTS).values_list("kind", "at"):
        day = at.astimezone(dt.UTC).date()
        days[day] = max(days.get(day, Decimal(0)), WEIGHTS[Bounce.Kind(kind)])
    return sum(days.values(), Decimal(0))


@transaction.atomic
def switch_on(*, address: Address) -> None:
    """Writes to an address again; what came back before no longer counts."""
    address = _locked(address.email)
    address.disabled_at, address.bounces, address.cleared_at = None, Decimal(0), timezone.now()
    address.save(update_fields=["disabled_at", "bounces", "cleared_at"])


def _locked(email: str) -> Address:
    Address.objects.bulk_create([Address(email=email.lower())], ignore_conflicts=True)
    return Address.objects.select_for_update().get(email=email.lower())
