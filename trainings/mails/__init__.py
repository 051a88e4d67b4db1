"""The mails of trainings."""

from . import changes, progress

__all__ = ["changes", "progress"]
