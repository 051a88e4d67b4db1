"""The signed address of one application: by it, without an account, a person sees where it stands, confirms or declines."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from ..models import Application

_signer = Signer(salt="trainings.application")


def token_of(application: Application) -> str:
    return _signer.sign(str(application.pk))


def application_of(token: str) -> Application | None:
    """None for a token that was not made by us, or whose application is gone."""
    try:
        number = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    found = Application.objects.select_related(
        "training", "person__care_of", "seat_class", "wanted_class", "member_state"
    )
    return found.filter(pk=number).first()


def application_url(application: Application) -> str:
    """In the language that is active."""
    address = reverse("training-application", args=[application.training.slug, token_of(application)])
    return settings.SITE_URL + address
