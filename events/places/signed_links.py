"""The signed address of one registration: by it, without an account, a person confirms, sees the position, or cancels."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from ..models import Registration

_signer = Signer(salt="events.place")


def token_of(registration: Registration) -> str:
    return _signer.sign(str(registration.pk))


def registration_of(token: str) -> Registration | None:
    """None for a token that was not made by us, or whose registration is gone."""
    try:
        number = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Registration.objects.select_related("event", "person__care_of").filter(pk=number).first()


def place_url(registration: Registration) -> str:
    """In the language that is active."""
    address = reverse("event-place", args=[registration.event.slug, token_of(registration)])
    return settings.SITE_URL + address
