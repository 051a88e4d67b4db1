"""The mails of events."""

from . import addresses, afterwards, changes, reminders, survey

__all__ = ["addresses", "afterwards", "changes", "reminders", "survey"]
