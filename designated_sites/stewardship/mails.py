"""The yearly mail that asks whether the facts of a site are right."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.persons.recipients import person_id_of
from notifications.mail_types import Drop, Facts, MailType, register

from .editable_site_types import editable_site_type
from .signed_links import confirm_url, planned_on

TOPIC: Final = "sites"


def _confirm(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    kind = editable_site_type(occurrence.partition(".")[0])
    site = kind and kind.sites.objects.published().filter(pk=subject_id).first()
    if not site:
        return Drop(_("The site is no longer on record."))
    if site.confirmed_at and site.confirmed_at >= planned_on(occurrence):
        return Drop(_("The facts were confirmed meanwhile."))
    link = confirm_url(site_id=site.pk, person_id=person_id_of(recipient_key), occurrence=occurrence)
    correct = reverse("me-sites-propose", args=[site.kind, site.slug])
    return Facts({"site": site.name, "confirm_url": link, "correct_url": settings.SITE_URL + correct})


CONFIRM: Final = register(
    MailType(
        "site.confirm", _("Are the facts of a site right?"), TOPIC, _confirm, "designated_sites/confirm", service=True,
    )
)  # fmt: skip
