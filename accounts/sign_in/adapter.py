"""allauth's mails go through the outbox, and a confirmed address claims the person whom the records know by it."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.utils.translation import get_language

from notifications import outbox
from notifications.recipients import Recipient, of_address
from records.template_context import Context

from ..mails import ACCOUNT_MAILS, NO_ACCOUNT
from ..models import Consent, Person, User
from ..persons import consents
from .claims import claim_person


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

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed:
            person = claim_person(user=email_address.user, email=email_address.email)
            # The page on which the account was made says so.
            consents.give(person=person, what=Consent.What.NOTICE, how=Consent.How.SIGN_UP)
        return confirmed


def _recipient(user: User | None, email: str) -> Recipient:
    language = get_language() or "en"
    if user is None:
        return of_address(email, language=language)
    zone = Person.objects.filter(user=user).values_list("time_zone", flat=True).first()
    return Recipient(f"user:{user.pk}", email, language, zone or "UTC")
