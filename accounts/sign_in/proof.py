"""The first proof of an address: from then on the account is its owner's, and nothing that somebody else set before counts.

Anybody can sign up with anybody's address and choose a password. Who proves the address later, by whatever way (a code, a
reset, a provider, an officer's invitation), must not share the account with them: password, passkeys, second factors, other
services, addresses not proven and sessions that were there before end with the proof. Only a session that itself made the
sign-up or typed the password has shown both, and keeps what it set.
"""

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction
from django.http import HttpRequest

from history import audit

from ..models import Consent, User
from ..persons import consents
from . import sessions
from .claims import claim_person

SET_HERE = frozenset({"password", "socialaccount"})


@transaction.atomic
def proven(*, request: HttpRequest, address: EmailAddress) -> None:
    """What follows when an address was proven: the person it stands for, and the end of what was set before."""
    user = address.user
    is_first = not EmailAddress.objects.filter(user=user, verified=True).exclude(pk=address.pk).exists()
    made_here = _made_in_this_session(request, user)
    if is_first and not made_here:
        _end_what_was_before(request, user, address)
    person = claim_person(user=user, email=address.email)
    if made_here:  # the page on which the account was made says what is kept, and this session has seen it
        consents.give(person=person, what=Consent.What.NOTICE, how=Consent.How.SIGN_UP)


def _made_in_this_session(request: HttpRequest, user: User) -> bool:
    """Whether who proves the address here is who made the sign-up, or knew the password, in this very session."""
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    login = stage.login if stage else None
    if login is None or login.user is None or login.user.pk != user.pk:
        return False
    shown = {record["method"] for record in get_authentication_records(request, user)}
    return bool(login.signup) or bool(shown & SET_HERE)


def _end_what_was_before(request: HttpRequest, user: User, address: EmailAddress) -> None:
    held = [
        Authenticator.objects.filter(user=user),
        *_services_of(user),
        EmailAddress.objects.filter(user=user, verified=False).exclude(pk=address.pk),
    ]
    ended = user.has_usable_password()
    for rows in held:
        ended |= bool(rows.delete()[0])
    if user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])
    sessions.end_all(user=user, but=request)
    if ended:
        audit.note(what=audit.What.PROVEN, by_id=user.pk, on=user)
        facts = {"user": user}
        get_adapter(request).send_notification_mail("accounts/first_proof", user, facts, email=address.email)


def _services_of(user: User) -> list[models.QuerySet]:
    """Other services that sign somebody in, where a setting names any."""
    if not apps.is_installed("allauth.socialaccount"):
        return []
    account = apps.get_app_config("socialaccount").get_model("SocialAccount")
    return [account._default_manager.filter(user=user)]
