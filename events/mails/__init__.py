"""The mails of events."""

from . import afterwards, changes, reminders

__all__ = ["afterwards", "changes", "reminders"]
