"""What will become of a mail that is waiting, as far as that can be known before its time."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from . import kinds
from .delivery import wanted
from .models import Address, Mail


def addresses_of(mails: Iterable[Mail]) -> dict[str, Address]:
    """What is known of the addresses of some mails, by the address in small letters."""
    emails = {mail.email.lower() for mail in mails if mail.email}
    return {address.email: address for address in Address.objects.filter(email__in=emails)}


def why_it_will_not_go(mail: Mail, address: Address | None) -> str:
    """Why a waiting mail would not go out as things stand: nobody knows the address, it is switched off, it is declined."""
    if not mail.email:
        return _("No address is known.")
    try:
        kind = kinds.get(mail.kind)
    except kinds.UnknownKindError:
        return _("The portal no longer sends mails of this kind.")
    if address and address.disabled_at and not kind.security:
        return _("Too many mails to this address came back.")
    if not wanted(kind, address):
        return _("The reader does not want mails of this topic.")
    return ""
