"""How the outbox stands, for monitors: numbers only, no address."""

import datetime as dt

from django.db.models import Count, Min, Q
from django.utils import timezone

from ..models import Address, Bounce, Mail


def outbox_health() -> dict[str, object]:
    """Counts of mails that are not over, and how many seconds the oldest of those that are due has waited; what came back
    in the last day, and how many addresses are switched off. Each number is read from an index of its own."""
    now = timezone.now()
    state = Mail.State
    found = Mail.objects.waiting_or_in_trouble().aggregate(
        waiting=Count("pk", filter=Q(state=state.QUEUED, due__lte=now)),
        scheduled=Count("pk", filter=Q(state=state.QUEUED, due__gt=now)),
        sending=Count("pk", filter=Q(state=state.SENDING)),
        failed=Count("pk", filter=Q(state=state.FAILED)),
        unknown=Count("pk", filter=Q(state=state.UNKNOWN)),
        oldest=Min("due", filter=Q(state=state.QUEUED, due__lte=now)),
    )
    oldest = found.pop("oldest")
    return {
        **found,
        "oldest_due_seconds": int((now - oldest).total_seconds()) if oldest else 0,
        "returned_last_day": Bounce.objects.filter(at__gt=now - dt.timedelta(days=1)).count(),
        "addresses_switched_off": Address.objects.exclude(disabled_at=None).count(),
    }
