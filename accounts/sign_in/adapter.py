"""allauth's mails go through the outbox; wrong passwords are counted so that no stranger locks an owner out."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from history.origin import host_of
from notifications import outbox
from notifications.recipients import Recipient, of_address
from records.language_of_address import language_of_reader
from records.template_context import Context

from ..mails import ACCOUNT_MAILS, NO_ACCOUNT
from ..models import Person, User
from .grounding import BY_CODE


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: Context) -> None:
        """Writes the mail down; the worker sends it at once. Each one is an occurrence of its own: codes differ."""
        asked = ACCOUNT_MAILS[template_prefix]
        user = self._owner(email, context)
        outbox.put(
            kind=asked.kind.name,
            subject=user or NO_ACCOUNT,
            recipient=_recipient(user, email),
            occurrence=secrets.token_hex(8),
            payload={ours: str(context[theirs]) for ours, theirs in asked.payload.items() if theirs in context},
        )

    def _owner(self, email: str, context: Context) -> User | None:
        """Whose account the mail is about: allauth does not always say."""
        if isinstance(user := context.get("user"), User):
            return user
        if isinstance(self.request.user, User):
            return self.request.user
        known = EmailAddress.objects.select_related("user").filter(email=email.lower()).order_by("-verified").first()
        return known.user if known else None

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "accounts.sign_in.stages.StillHolds"]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if found or not user.is_authenticated:
            return found
        by_code = {"description": _("Use a code that we mail to you"), "url": reverse(BY_CODE)}
        return [{"id": BY_CODE, **by_code}]

    # Guesses ------------------------------------------------------------------------------------------------------
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted for an address and the network they come from, so that nobody locks the owner out;
        and slowly for the address alone, so that nobody guesses from many networks."""
        if not ratelimit.consume(request, action="login_failed_anywhere", key=_guessed(credentials), dry_run=True):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        ratelimit.consume(request, action="login_failed_anywhere", key=_guessed(credentials))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{_guessed(credentials)} from {host_of(request)}"


def _guessed(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).lower()


def _recipient(user: User | None, email: str) -> Recipient:
    language = language_of_reader()
    if user is None:
        return of_address(email, language=language)
    zone = Person.objects.filter(user=user).values_list("time_zone", flat=True).first()
    return Recipient(f"user:{user.pk}", email, language, zone or "UTC")
