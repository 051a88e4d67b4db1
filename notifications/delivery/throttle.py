"""Some mail domains delay or drop bursts: they are written to at a pace of their own (`OUTBOX_DOMAIN_PER_MINUTE`).

Each such domain has a row with the moment of its next mail (the generic cell rate algorithm: a mail moves it on by one
interval, and may go as early as one poll of the outbox before it, so that a poll sends what its time allows).
"""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from ..models import DomainPace, Mail


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


class Throttle:
    """The paces of this moment, locked until the transaction ends: nobody else takes mails to these domains meanwhile."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now
        self._ahead = dt.timedelta(seconds=settings.OUTBOX_POLL_SECONDS)
        self._per_minute: dict[str, int] = settings.OUTBOX_DOMAIN_PER_MINUTE
        self._next: dict[str, dt.datetime] = {}
        if self._per_minute:
            known = DomainPace.objects.filter(domain__in=self._per_minute)
            rows = list(known.order_by("domain").select_for_update())
            if len(rows) < len(self._per_minute):
                DomainPace.objects.bulk_create(
                    [DomainPace(domain=domain) for domain in sorted(self._per_minute)], ignore_conflicts=True
                )
                rows = list(known.order_by("domain").select_for_update())
            self._next = {row.domain: row.next_at for row in rows}

    def closed(self) -> list[str]:
        """Domains that get no mail now."""
        return [domain for domain, moment in self._next.items() if moment > self._now + self._ahead]

    def take(self, mails: Iterable[Mail]) -> list[Mail]:
        """Those of the mails that may go now; the others are left for a later pass."""
        taken = [mail for mail in mails if self._goes(domain_of(mail.email))]
        moved = {domain_of(mail.email) for mail in taken} & self._next.keys()
        for domain in moved:
            DomainPace.objects.filter(domain=domain).update(next_at=self._next[domain])
        return taken

    def _goes(self, domain: str) -> bool:
        moment = self._next.get(domain)
        if moment is None:
            return True
        if moment > self._now + self._ahead:
            return False
        self._next[domain] = max(moment, self._now) + dt.timedelta(minutes=1) / self._per_minute[domain]
        return True
