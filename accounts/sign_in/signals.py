"""What happens in accounts by the hand of allauth and must be accounted for or followed: its signals are the one way to
learn of it."""

from typing import Any

from allauth.account.signals import email_changed, user_logged_in
from allauth.mfa.signals import authentication_failed
from django.dispatch import receiver

from history import audit

from ..models import User
from .claims import follow_address


@receiver(user_logged_in, dispatch_uid="audit sign-in")
def signed_in(sender: object, user: User, **kwargs: object) -> None:
    audit.note(what=audit.What.SIGNED_IN, by_id=user.pk, on=user)


@receiver(authentication_failed, dispatch_uid="audit failed factor")
def factor_failed(sender: object, user: User, authenticator: Any, **kwargs: object) -> None:
    audit.note(what=audit.What.FACTOR_FAILED, by_id=user.pk, on=user, detail=str(authenticator.type))


@receiver(email_changed, dispatch_uid="follow address")
def address_changed(sender: object, user: User, to_email_address: Any, **kwargs: object) -> None:
    follow_address(user=user, email=to_email_address.email)
