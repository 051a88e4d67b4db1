"""Holding the outbox, and letting it go."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Mail, OutboxHold


def held() -> OutboxHold | None:
    """Why nothing is sent at the moment; None: all that is due is sent."""
    return OutboxHold.objects.first()


def hold(*, why: str) -> None:
    """From now on nothing is sent; what is queued waits."""
    OutboxHold.objects.update_or_create(id=1, defaults={"why": why, "since": timezone.now()})


@transaction.atomic
def release(*, send_old: bool) -> int:
    """Mails are sent again. Those that were queued before the hold are dropped unless they are wanted. Returns how many."""
    hold = OutboxHold.objects.select_for_update().first()
    if hold is None:
        return 0
    dropped = 0
    if not send_old:
        old = Mail.objects.filter(state__in=Mail.UNDER_WAY, created_at__lte=hold.since)
        dropped = old.update(
            state=Mail.State.DROPPED,
            drop_reason=_("Queued before the portal was restored from a backup."),
            sealed="",
            lease_until=None,
            claimed_by="",
        )
    hold.delete()
    return dropped
