"""The mails of events."""

from . import addresses, afterwards, changes, registration, reminders, survey

__all__ = ["addresses", "afterwards", "changes", "registration", "reminders", "survey"]
