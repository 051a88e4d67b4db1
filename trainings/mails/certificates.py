"""The mail that says that a certificate can be fetched."""

import datetime as dt
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.persons.recipients import person_id_of
from notifications.mail_types import Drop, Facts, MailType, register

from ..models import Certificate, Training
from .signed_links import application_url

REVOKED: Final = Drop(_("The certificate was revoked."))
NO_CERTIFICATE: Final = Drop(_("The certificate is no longer there."))


def printing_of(certificate: Certificate) -> str:
    """Once for each printing: a reissue is told anew."""
    return f"{certificate.reissued_at:%Y%m%dT%H%M%S}" if certificate.reissued_at else "first"


def _ready(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    found = Certificate.objects.select_related("person__care_of").filter(pk=subject_id)
    certificate = found.filter(person=person_id_of(recipient_key)).first()
    if certificate is None or certificate.person is None:
        return NO_CERTIFICATE
    if certificate.revoked_at:
        return REVOKED
    person = certificate.person
    return Facts(
        {
            "name": person.name,
            "subject_person": person.name,
            "in_care": bool(not person.email and person.care_of_id),
            "title": certificate.title,
            "number": certificate.number,
            "fetch_url": _where_it_is(certificate, person),
            "check_url": settings.SITE_URL + reverse("certificate", args=[certificate.number]),
        }
    )


def _where_it_is(certificate: Certificate, person: Person) -> str:
    """Without an account, the signed page of the application; else the own pages."""
    if person.user_id is None and isinstance(certificate.activity, Training):
        application = person.applications.filter(training=certificate.activity_id).select_related("training").last()
        if application is not None:
            return application_url(application)
    return settings.SITE_URL + reverse("me-certificates")


READY: Final = register(
    MailType(
        name="trainings.certificate_ready", label=_("Certificate ready"), topic="applications", facts=_ready,
        template="trainings/certificate_ready", service=True, lifetime=dt.timedelta(days=60),
    )
)  # fmt: skip
