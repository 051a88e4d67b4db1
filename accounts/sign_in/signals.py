"""What happens in accounts by the hand of allauth and must be accounted for or followed: its signals are the one way to
learn of it."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_changed,
    email_confirmed,
    password_changed,
    password_reset,
    password_set,
    user_logged_in,
    user_signed_up,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth import signals as django_signals
from django.dispatch import receiver
from django.http import HttpRequest

from history import audit

from ..models import User
from . import proof, second_factor, sessions
from .claims import claim_person, follow_address


@receiver(django_signals.user_logged_in, dispatch_uid="bind user")
def bound(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """The rest of the request in which somebody signs in looks at what was shown, too."""
    second_factor.bind(request, user)


@receiver(user_logged_in, dispatch_uid="audit sign-in")
def signed_in(sender: object, user: User, **kwargs: object) -> None:
    audit.note(what=audit.What.SIGNED_IN, by_id=user.pk, on=user)


@receiver(authentication_failed, dispatch_uid="audit failed factor")
def factor_failed(sender: object, user: User, authenticator: Any, **kwargs: object) -> None:
    audit.note(what=audit.What.FACTOR_FAILED, by_id=user.pk, on=user, detail=str(authenticator.type))


@receiver(email_confirmed, dispatch_uid="address proven")
def address_proven(sender: object, request: HttpRequest, email_address: EmailAddress, **kwargs: object) -> None:
    """By code, by reset, by whatever way: allauth says so in this signal alone."""
    proof.proven(request=request, address=email_address)


@receiver(user_signed_up, dispatch_uid="address proven by another service")
def signed_up(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """Another service has vouched for the address: allauth keeps it as verified and sends no signal of it. The account was
    made this moment, so there is nothing before; a stranger's account with this address would have been in its way."""
    for address in EmailAddress.objects.filter(user=user, verified=True):
        claim_person(user=user, email=address.email)


@receiver(email_changed, dispatch_uid="follow address")
def address_changed(sender: object, user: User, to_email_address: Any, **kwargs: object) -> None:
    follow_address(user=user, email=to_email_address.email)


@receiver([password_changed, password_set, password_reset], dispatch_uid="end sessions of another password")
def password_is_another(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    sessions.end_all(user=user, but=request)


@receiver(authenticator_added, dispatch_uid="factor added")
def factor_added(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    """Who sets a factor up has shown it: a code of the app, or the passkey itself."""
    _factors_changed(request, user, f"added {authenticator.type}")
    if authenticator.type in second_factor.SECOND_FACTORS and request.user.is_authenticated:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=str(authenticator.type))


@receiver([authenticator_removed, authenticator_reset], dispatch_uid="factor removed")
def factor_removed(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    _factors_changed(request, user, f"removed {authenticator.type}")


def _factors_changed(request: HttpRequest, user: User, detail: str) -> None:
    """What was shown before in other sessions counts no more. Who signs up with a passkey is not in yet, and nobody else is."""
    if request.user.is_authenticated:
        sessions.end_all(user=user, but=request)
    audit.note(what=audit.What.FACTOR_CHANGED, by_id=user.pk, on=user, detail=detail)
