"""Signed addresses in mails by which a reader chooses what to get, without signing in."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from ..models import Address

# The token names an address for ever: a mail may be opened years later, and its button must still work.
_signer = Signer(salt="notifications.wishes")
SAMPLE = "sample"  # stands in previews, where nothing may be switched off


def token_of(address: Address) -> str:
    return _signer.sign(str(address.pk))


def is_signed(token: str) -> bool:
    """Whether a token was made by us, be its address still there or not."""
    try:
        _signer.unsign(token)
    except BadSignature:
        return False
    return True


def address_of(token: str) -> Address | None:
    """The address a token names; None when it was not made by us or the address is forgotten."""
    try:
        number = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Address.objects.filter(pk=number).first()


def preferences_url(token: str) -> str:
    """The page on which a reader chooses topics; in the language that is active."""
    return settings.SITE_URL + reverse("mail-preferences-of", args=[token])


def stop_url(token: str, topic: str) -> str:
    """Ends one topic for one address: by one POST, as mail programs send it (RFC 8058); a GET shows a button only."""
    return settings.SITE_URL + reverse("mail-stop", args=[token, topic])
