"""Where allauth leaves no other way than to put something in its place. Each line is held by a test that fails when a new
version no longer looks there."""

from typing import Any

from allauth.account.internal.flows import reauthentication
from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import caches
from django.utils.connection import ConnectionProxy

from ..models import User

BY_CODE = "reauthenticate_by_code"


def ground() -> None:
    """Limits and used codes are kept in the database; somebody without password and factor proves it is they by a code."""
    limits = ConnectionProxy(caches, "limits")
    ratelimit.cache = limits
    totp.cache = limits
    stock = reauthentication.get_reauthentication_flows

    def flows(user: User) -> list[dict[str, Any]]:
        """Without any, allauth takes everybody for proven."""
        found: list[dict[str, Any]] = stock(user)
        return found or ([{"id": BY_CODE}] if user.is_authenticated else [])

    reauthentication.get_reauthentication_flows = flows
