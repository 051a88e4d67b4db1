"""What admits staff is what this session has shown: a second factor, not long ago, that the account still has.

In the admin and wherever else they see the data of others. It is never enough that the account has a factor: a session that
was begun before it was set up, by whoever, has shown nothing. Without having shown it, staff are nobody: `scope_of` is empty,
`has_perm` is False, so that a view that forgets to ask gives nothing away.
"""

import time
from functools import partial
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core.internal.httpkit import add_query_params
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth import get_user as user_of_session
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ..models import User

# Recovery codes alone are the rest of a factor, not one: they let somebody in to set up a new one.
SECOND_FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
GOOD_FOR: Final = 12 * 3600  # seconds: a day of work
JUST_SHOWN: Final = 5 * 60  # seconds: before what cannot be undone


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """A member of staff whose session still has to show it, where it is asked for. A user of no session has shown nothing."""
    if settings.STAFF_MFA != "required" or not (isinstance(user, User) and user.is_staff):
        return False
    return user.session_lacks_factor is None or user.session_lacks_factor()


def shown_within(seconds: int, request: HttpRequest, user: User) -> bool:
    """Whether this session has shown a factor that the account still has, so many seconds ago at most."""
    shown = [one for one in get_authentication_records(request, user) if one.get("type") in SECOND_FACTORS]
    if not shown or time.time() - shown[-1]["at"] > seconds:
        return False
    return _still_there(request, user, shown[-1].get("id"))


def _still_there(request: HttpRequest, user: User, key: Any) -> bool:
    known: dict[Any, bool] = request.__dict__.setdefault("_factors_there", {})  # asked many times in one request
    if key not in known:
        known[key] = Authenticator.objects.filter(pk=key, user=user, type__in=SECOND_FACTORS).exists()
    return known[key]


def _lacks(request: HttpRequest, user: User) -> bool:
    return settings.STAFF_MFA == "required" and user.is_staff and not shown_within(GOOD_FOR, request, user)


def bind(request: HttpRequest, user: User) -> User:
    """Lets a user of a request know what the session has shown."""
    user.session_lacks_factor = partial(_lacks, request, user)
    return user


class SignedInMiddleware(AuthenticationMiddleware):
    """Django's own, whose user knows what the session has shown."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        found: Any = SimpleLazyObject(partial(_user_of, request))
        request.user = found


def _user_of(request: HttpRequest) -> Any:
    user = user_of_session(request)
    return bind(request, user) if isinstance(user, User) else user


def must_show_again(request: HttpRequest) -> bool:
    """Before an act of staff that cannot be undone: whether the factor has to be shown once more."""
    if settings.STAFF_MFA != "required" or not isinstance(request.user, User):
        return False
    return not shown_within(JUST_SHOWN, request, request.user)


def ask_for_factor(request: HttpRequest, back_to: str = "") -> HttpResponseRedirect:
    """To where the factor is shown, and from there back; or to where one is set up. A form that was sent is kept in the session
    and done once the factor is shown."""
    held = set(Authenticator.objects.filter(user=request.user.pk).values_list("type", flat=True))
    if not held.intersection(SECOND_FACTORS):
        messages.info(request, _("This page asks for a second factor. Set one up, then come back."))
        return redirect("mfa_index")
    if _came_by_recovery_code(request):
        messages.info(
            request, _("You came in with a recovery code. Set up a new second factor in the place of the lost one.")
        )
        return redirect("mfa_index")
    page = "mfa_reauthenticate" if Authenticator.Type.TOTP in held else "mfa_reauthenticate_webauthn"
    if back_to:
        return redirect(add_query_params(reverse(page), {REDIRECT_FIELD_NAME: back_to}))
    return suspend_request(request, reverse(page))


def _came_by_recovery_code(request: HttpRequest) -> bool:
    user = request.user if isinstance(request.user, User) else None
    shown = [one for one in get_authentication_records(request, user) if one.get("method") == "mfa"]
    return bool(shown) and shown[-1].get("type") == Authenticator.Type.RECOVERY_CODES
