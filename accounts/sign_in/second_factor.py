"""Staff need a second factor, in the admin and wherever else they see the data of others."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

# Recovery codes alone are the rest of a factor, not one.
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def lacks_second_factor(user: Any) -> bool:
    """A member of staff who still has to set one up, where one is asked for."""
    if settings.STAFF_MFA != "required" or not (user.is_authenticated and user.is_staff):
        return False
    if not hasattr(user, "_has_second_factor"):  # asked several times in one request
        user._has_second_factor = is_mfa_enabled(user, SECOND_FACTORS)
    return not user._has_second_factor
