"""The mails of events."""

from . import addresses, afterwards, changes, letter, registration, reminders, still_coming, survey

__all__ = ["addresses", "afterwards", "changes", "letter", "registration", "reminders", "still_coming", "survey"]
