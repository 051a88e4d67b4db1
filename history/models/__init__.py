"""What was changed in records, what people did that must be accounted for, and what was purged."""

from .accounted import AuditEntry, PurgeRun
from .changes import Change, ChangeQuerySet

__all__ = ["AuditEntry", "Change", "ChangeQuerySet", "PurgeRun"]
