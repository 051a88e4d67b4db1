"""The mails of events."""

from . import afterwards, changes, registration, reminders

__all__ = ["afterwards", "changes", "registration", "reminders"]
