"""The mails of trainings."""

from . import certificates, changes, progress

__all__ = ["certificates", "changes", "progress"]
