"""The mails of trainings."""

from . import certificates, changes, follow_up, progress, results

__all__ = ["certificates", "changes", "follow_up", "progress", "results"]
