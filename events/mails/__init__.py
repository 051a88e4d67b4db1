"""The mails of events."""

from . import addresses, afterwards, changes, letter, new_mailbox, party, registration, reminders, survey

__all__ = [
    "addresses",
    "afterwards",
    "changes",
    "letter",
    "new_mailbox",
    "party",
    "registration",
    "reminders",
    "survey",
]
