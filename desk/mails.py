"""Mails about requests for offers."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Drop, Facts, Kind, register

from .models import OfferRequest

REMOVED: Final = Drop(_("The request was removed."))


def _request(pk: int) -> OfferRequest | None:
    return OfferRequest.objects.select_related("programme", "member_state").filter(pk=pk).first()


def _for_secretariat(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    if (request := _request(subject_id)) is None:
        return REMOVED
    return Facts(
        {
            "offer": request.programme.name,
            "name": request.name,
            "email": request.email,
            "organisation": request.organisation,
            "member_state": request.member_state.name if request.member_state else "",
            "message": request.message,
            "admin_url": settings.SITE_URL + reverse("admin:desk_offerrequest_change", args=[request.pk]),
        }
    )


def _for_asker(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    if (request := _request(subject_id)) is None:
        return REMOVED
    offer = request.programme
    return Facts({"offer": offer.name, "offer_url": settings.SITE_URL + offer.get_absolute_url()})


OFFER_ASKED: Final = register(
    Kind(
        name="desk.offer_asked",
        label=_("Request for an offer, to the secretariat"),
        topic="desk",
        facts=_for_secretariat,
        template="desk/offer_asked",
        service=True,
    )
)
OFFER_RECEIVED: Final = register(
    Kind(
        name="desk.offer_received",
        label=_("Request for an offer has arrived"),
        topic="desk",
        facts=_for_asker,
        template="desk/offer_received",
        service=True,
    )
)
