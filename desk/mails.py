"""Mails about requests for offers, and the announcements of the secretariat."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from notifications.mail_types import Drop, Facts, MailType, register
from notifications.topics import Frequency, Topic, register_topic

from .models import Announcement, OfferRequest

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
    MailType(
        name="desk.offer_asked",
        label=_("Request for an offer, to the secretariat"),
        topic="desk",
        facts=_for_secretariat,
        template="desk/offer_asked",
        service=True,
    )
)
OFFER_RECEIVED: Final = register(
    MailType(
        name="desk.offer_received",
        label=_("Request for an offer has arrived"),
        topic="desk",
        facts=_for_asker,
        template="desk/offer_received",
        service=True,
    )
)
ANNOUNCEMENTS: Final = register_topic(
    Topic(
        name="announcements",
        label=_("Announcements of the secretariat"),
        explanation=_("Calls, news and requests for people like you."),
        frequencies=(Frequency.ALL, Frequency.NEVER),
        default=Frequency.ALL,
    )
)


def _announcement(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    announcement = Announcement.objects.filter(pk=subject_id).first()
    if announcement is None:
        return Drop(_("The announcement was removed."))
    return Facts({"title": announcement.title, "text": announcement.text}, languages=written_in(announcement))


def written_in(announcement: Announcement) -> frozenset[str]:
    """The languages in which both subject and text are written."""
    return frozenset(
        code
        for code, _name in settings.LANGUAGES
        if all(getattr(announcement, build_localized_fieldname(field, code)) for field in ("title", "text"))
    )


ANNOUNCEMENT: Final = register(
    MailType(
        name="desk.announcement",
        label=_("Announcement"),
        topic=ANNOUNCEMENTS.name,
        facts=_announcement,
        template="desk/announcement",
    )
)
