"""The signed address of one application: by it, without an account, a person sees where it stands, confirms or declines."""

import datetime as dt
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from ..models import Application

GOOD_AFTERWARDS: Final = dt.timedelta(days=400)  # after the training: certificates are fetched and asked for late
_signer = Signer(salt="trainings.application")


def token_of(application: Application) -> str:
    return _signer.sign(str(application.pk))


def application_of(token: str) -> Application | None:
    """None for a token that was not made by us, or has ended, or whose application is gone."""
    try:
        number = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    found = Application.objects.select_related(
        "training", "person__care_of", "seat_class", "wanted_class", "member_state"
    )
    application = found.filter(pk=number).first()
    return None if application is None or _has_ended(application) else application


def _has_ended(application: Application) -> bool:
    training = application.training
    return timezone.now() > (training.ends_at or training.starts_at) + GOOD_AFTERWARDS


def application_url(application: Application) -> str:
    """In the language that is active."""
    address = reverse("training-application", args=[application.training.slug, token_of(application)])
    return settings.SITE_URL + address
