"""What was changed in records, what people did that must be accounted for, and what was purged."""

from .accounted import AuditEntry, PurgeRun
from .changes import Change, ChangeQuerySet
from .deleted import KEPT_DAYS, DeletedQuerySet, DeletedRecord, register_succession

__all__ = [
    "KEPT_DAYS",
    "AuditEntry",
    "Change",
    "ChangeQuerySet",
    "DeletedQuerySet",
    "DeletedRecord",
    "PurgeRun",
    "register_succession",
]
