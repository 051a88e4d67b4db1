"""The secretariat's part of the mails: what goes to whom and when, mass mails and their undoing, what befell an address."""

from .addresses import AddressAdmin
from .mailings import MailingAdmin
from .mails import MailAdmin

__all__ = ["AddressAdmin", "MailAdmin", "MailingAdmin"]
