"""The mails of events."""

from . import addresses, afterwards, changes, letter, new_mailbox, party, registration, reminders, still_coming, survey

__all__ = [
    "addresses",
    "afterwards",
    "changes",
    "letter",
    "new_mailbox",
    "party",
    "registration",
    "reminders",
    "still_coming",
    "survey",
]
