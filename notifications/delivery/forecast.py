"""What will become of a mail that is waiting, as far as that can be known before its time."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from .. import mail_types
from ..mail_types import MailType
from ..models import Address, Mail
from ..topics import get_topic


def addresses_of(mails: Iterable[Mail]) -> dict[str, Address]:
    """What is known of the addresses of some mails, by the address in small letters."""
    emails = {mail.email.lower() for mail in mails if mail.email}
    return {address.email: address for address in Address.objects.filter(email__in=emails)}


def wanted(kind: MailType, address: Address | None) -> bool:
    """Whether the reader of an address wants mails of a kind. Service mails are not asked for."""
    if kind.service:
        return True
    return get_topic(kind.topic).chosen(address.wishes if address else {}) in kind.frequencies


def why_not(mail: Mail, kind: MailType, address: Address | None) -> str:
    """Why a mail does not go to its reader: nobody knows the address, it is switched off, it is declined. Empty: it goes."""
    if not mail.email:
        return _("No address is known.")
    if address and address.disabled_at and not kind.security:
        return _("Too many mails to this address came back.")
    if not wanted(kind, address):
        return _("The reader does not want mails of this topic.")
    return ""


def why_it_will_not_go(mail: Mail, address: Address | None) -> str:
    """The same for a mail that is waiting, as things stand."""
    try:
        kind = mail_types.get(mail.kind)
    except mail_types.UnknownMailTypeError:
        return _("The portal no longer sends mails of this kind.")
    return why_not(mail, kind, address)
