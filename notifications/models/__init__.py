"""Mails to send and mails sent, one row each, and what is known of the addresses they go to."""

from .addresses import Address, Bounce, DomainPace
from .fault import Fault
from .hold import OutboxHold
from .mail import Mail, Mailing, MailQuerySet, MailTrace

__all__ = ["Address", "Bounce", "DomainPace", "Fault", "Mail", "MailQuerySet", "MailTrace", "Mailing", "OutboxHold"]
