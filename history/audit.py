"""Writing down acts that must be accounted for, in the transaction of the act."""

from django.db import models

from .models import AuditEntry
from .origin import origin

What = AuditEntry.What


def note(*, what: str, by_id: int | None, on: models.Model | None = None, detail: str = "") -> AuditEntry:
    """One entry. `detail` holds codes and counts, never a name or an address. No `by_id`: the portal itself."""
    return AuditEntry.objects.create(
        what=what,
        actor_id=by_id,
        subject_label=on._meta.label_lower if on is not None else "",
        subject_id=on.pk if on is not None else None,
        detail=detail[:200],
        origin=origin.get(),
    )
