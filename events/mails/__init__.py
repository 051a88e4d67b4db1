"""The mails of events."""

from . import addresses, afterwards, changes, letter, registration, reminders, survey

__all__ = ["addresses", "afterwards", "changes", "letter", "registration", "reminders", "survey"]
