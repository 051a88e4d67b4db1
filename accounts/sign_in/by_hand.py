"""What officers and administrators do to the accounts of others, and what must follow for those who are, or were, signed in."""

from collections.abc import Iterable

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest

from history import audit
from notifications import outbox
from notifications.recipients import of_address

from ..mails import INVITED
from ..models import User
from . import sessions


@transaction.atomic
def made(*, user: User) -> None:
    """An account made by hand has an address to be proven, and its owner is told where to enter: the first code proves it."""
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True, "verified": False})
    outbox.put(kind=INVITED.name, subject=user, recipient=of_address(user.email, language="en"))


@transaction.atomic
def address_given(*, user: User) -> None:
    """Another address by an administrator's hand: it has to be proven anew, and until then nobody is in.

    The first proof then ends the password and the factors of whoever had the account before.
    """
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    sessions.end_all(user=user)


@transaction.atomic
def take_factors(*, factors: Iterable[Authenticator], by: User, request: HttpRequest) -> None:
    """Takes second factors away from somebody who lost them: whoever is signed in shows anew what they have."""
    for factor in factors:
        user = factor.user
        audit.note(what=audit.What.FACTOR_CHANGED, by_id=by.pk, on=user, detail=f"taken away {factor.type}")
        factor.delete()
        sessions.end_all(user=user, but=request if user.pk == by.pk else None)
        get_adapter(request).send_notification_mail("accounts/factor_taken", user, {"user": user})
