"""The mails of accounts and of roles."""

from .account import ACCOUNT_MAILS, NO_ACCOUNT
from .roles import GRANTED, WITHDRAWN

__all__ = ["ACCOUNT_MAILS", "GRANTED", "NO_ACCOUNT", "WITHDRAWN"]
