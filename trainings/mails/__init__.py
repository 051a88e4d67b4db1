"""The mails of trainings."""

from . import certificates, changes, follow_up, progress

__all__ = ["certificates", "changes", "follow_up", "progress"]
