"""What was changed in records, what people did that must be accounted for, and what was purged."""

from .accounted import AuditEntry, PurgeRun
from .changes import LATEST, Change, ChangeQuerySet

__all__ = ["LATEST", "AuditEntry", "Change", "ChangeQuerySet", "PurgeRun"]
