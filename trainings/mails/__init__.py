"""The mails of trainings."""

from . import follow_up, progress

__all__ = ["follow_up", "progress"]
