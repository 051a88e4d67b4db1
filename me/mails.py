"""The mail by which a focal point tells the secretariat that two records are of one person."""

import datetime as dt
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from notifications.mail_types import Drop, Facts, MailType, register

GONE: Final = Drop(_("One of the two records is gone."))


def _twice(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    """`occurrence` names the other record. The mail holds no address: the records have them."""
    number = occurrence.partition(".")[0]
    people = Person.objects.known().filter(pk__in=[subject_id, int(number)]).order_by("pk")
    told = [(one.name, settings.SITE_URL + reverse("admin:accounts_person_change", args=[one.pk])) for one in people]
    return Facts({"people": told}) if len(told) == 2 else GONE


SAME_PERSON: Final = register(
    MailType(
        name="me.same_person", label=_("Two records of one person, to the secretariat"), topic="desk", facts=_twice,
        template="me/same_person", service=True, lifetime=dt.timedelta(days=30),
    )
)  # fmt: skip
