"""Confirming that the facts of a site are right."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from history.actor import acting
from typed_records.locks import locked

from ..models import DesignatedSite
from . import facts
from .caretakers import looks_after
from .editable_site_types import kind_of


def shown(site: DesignatedSite) -> str:
    """The digest of all facts of a site, as they stand before whoever confirms them."""
    return facts.digest(facts.read_all(kind_of(site), site))


@transaction.atomic
def confirm(*, site: DesignatedSite, person: Person, seen: str, since: dt.datetime | None = None) -> None:
    """Writes down that a person has found the facts right today. ValidationError says why not.

    `seen` is the digest of what the person was shown; `since` is given for a link, which is used up by one confirmation
    after that moment.
    """
    now = locked(site)
    if not looks_after(person, now):
        raise ValidationError(_("You do not look after this site."))
    if since and now.confirmed_at and now.confirmed_at >= since:
        raise ValidationError(_("The facts of this site were confirmed meanwhile. Nothing is left to do. Thank you."))
    if seen != shown(now):
        raise ValidationError(_("The record has changed while the page was open. Look at the facts again, please."))
    with acting(person.user_id, reason=_("Yearly confirmation")):
        DesignatedSite.objects.filter(pk=site.pk).update(confirmed_at=timezone.now(), confirmed_by=person)
