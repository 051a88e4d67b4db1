"""The mails of accounts, of roles and of requests for them."""

from .account import ACCOUNT_MAILS, INVITED, NO_ACCOUNT
from .requests import ASKED, REFUSED, STEWARD_ENDED, STEWARD_NAMED, site_occurrence
from .roles import GRANTED, WITHDRAWN

__all__ = [
    "ACCOUNT_MAILS",
    "ASKED",
    "GRANTED",
    "INVITED",
    "NO_ACCOUNT",
    "REFUSED",
    "STEWARD_ENDED",
    "STEWARD_NAMED",
    "WITHDRAWN",
    "site_occurrence",
]
