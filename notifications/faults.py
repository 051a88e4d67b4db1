"""Errors of the portal's own code, told to those who look after the machine (`ADMINS`): counted by what and where they are,
and at most one mail an hour about each."""

import datetime as dt
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import outbox
from .fault_seen import Seen
from .mail_types import Drop, Facts, MailType, register
from .models import Fault
from .recipients import of_address

BETWEEN: Final = dt.timedelta(hours=1)


@transaction.atomic
def count(*, seen: Seen, times: int) -> Fault:
    """Adds to what is known of this error. A mail is written down unless one went within the hour: then the next goes when
    the hour is over, with all that was counted until it is sent."""
    now = timezone.now()
    facts = {"error": seen.error[:200], "where": seen.where[:200], "line": seen.line[:250]}
    Fault.objects.get_or_create(fingerprint=seen.fingerprint, defaults={**facts, "first_at": now, "last_at": now})
    fault = Fault.objects.select_for_update().get(fingerprint=seen.fingerprint)
    before, fault.count, fault.last_at = fault.count, fault.count + times, now
    if fault.told_at is None or fault.told_at <= now:
        due = now if fault.told_at is None or fault.told_at + BETWEEN <= now else fault.told_at + BETWEEN
        fault.told_at = due
        for _name, address in settings.ADMINS:
            outbox.put(
                kind=REPORT.name,
                subject=fault,
                recipient=of_address(address),
                occurrence=f"{before}.{int(due.timestamp())}",
                due=None if due <= now else due,
            )
    fault.save()
    return fault


def _facts(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    fault = Fault.objects.filter(pk=subject_id).first()
    if fault is None:
        return Drop(_("Nothing is known of this fault any more."))
    before = int(occurrence.partition(".")[0])
    return Facts(
        {
            "error": fault.error, "where": fault.where, "line": fault.line, "number": fault.count - before, "in_all": fault.count,
            "first_at": f"{fault.first_at:%Y-%m-%d %H:%M} UTC", "last_at": f"{fault.last_at:%Y-%m-%d %H:%M} UTC",
        }
    )  # fmt: skip


REPORT: Final = register(
    MailType(
        name="notifications.fault", label=_("A fault of the portal, to its administrators"), topic="notifications", facts=_facts,
        template="notifications/fault", service=True,
    )
)  # fmt: skip
