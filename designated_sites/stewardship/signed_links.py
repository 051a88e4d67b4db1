"""The signed address by which a caretaker confirms the facts of a site, without signing in.

It names the site, the reader and the day on which the mail was planned. It is good for sixty days and for one
confirmation: once the facts are confirmed, by whomever, the links of that year are used up.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.persons.former import present_id

from ..models import DesignatedSite
from .caretakers import looks_after
from .editable_site_types import editable_site_type

GOOD_FOR: Final = dt.timedelta(days=60)
_signer = Signer(salt="designated_sites.confirmation")


@dataclass(frozen=True)
class Link:
    """What a link that may be used is about."""

    site: DesignatedSite
    person: Person
    since: dt.datetime  # a confirmation after this moment has used it up


def occurrence_of(kind: str, day: dt.date) -> str:
    """Names the kind of site and the day (UTC) on which it was planned to ask."""
    return f"{kind}.{day:%Y%m%d}"


def planned_on(occurrence: str) -> dt.datetime:
    """The beginning of the day that an occurrence names."""
    return dt.datetime.strptime(occurrence.partition(".")[2], "%Y%m%d").replace(tzinfo=dt.UTC)


def confirm_url(*, site_id: int, person_id: int, occurrence: str) -> str:
    """In the language that is active."""
    token = _signer.sign(f"{occurrence}.{site_id}.{person_id}")
    return str(settings.SITE_URL + reverse("site-confirm", args=[token]))


def opened(token: str) -> Link:
    """What a link is about. ValidationError says in words why it cannot be used (any more)."""
    try:
        kind, day, site_id, number = _signer.unsign(token).split(".")
    except (BadSignature, ValueError):
        raise ValidationError(_("This link is not complete. Open it from the mail once more, or copy the whole of it.")) from None  # fmt: skip
    known = editable_site_type(kind)
    site = known and known.sites.objects.published().filter(pk=site_id).first()
    person = Person.objects.known().filter(pk=present_id(int(number))).first()
    if not site or person is None or not looks_after(person, site):
        raise ValidationError(_("This link was for somebody who looks after the site, and no longer does."))
    since = planned_on(f"{kind}.{day}")
    if site.confirmed_at and site.confirmed_at >= since:
        raise ValidationError(_("The facts of this site were confirmed meanwhile. Nothing is left to do. Thank you."))
    if timezone.now() > since + GOOD_FOR:
        raise ValidationError(_("This link was good for 60 days, and these are over. Sign in to confirm the facts."))
    return Link(site, person, since)
