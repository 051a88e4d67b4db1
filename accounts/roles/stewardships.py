"""Naming a steward of a site and ending it. The row is kept with the sites, on a floor above."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from history import audit
from notifications import outbox

from ..mails import STEWARD_ENDED, STEWARD_NAMED, site_occurrence
from ..models import Person, User
from ..persons.recipients import recipient_of
from ..sites import SiteFacts, site_of, sites


def known_site(kind: str, key: int) -> SiteFacts:
    """ValidationError when no published site is called so."""
    return known(site_of(kind, key))


def known(site: SiteFacts | None) -> SiteFacts:
    if site is None:
        raise ValidationError(_("This site is not known."))
    return site


@transaction.atomic
def begin(*, person: Person, kind: str, key: int, by: User | None) -> None:
    """From today on the person looks after the site. ValidationError says why not."""
    begin_at(person=person, site=known_site(kind, key), by=by)


@transaction.atomic
def begin_at(*, person: Person, site: SiteFacts, by: User | None) -> None:
    """The same, for a site that was looked up."""
    if not sites().begin(person, site.pk):
        raise ValidationError(_("The person is steward of this site already."))
    _tell(STEWARD_NAMED.name, audit.What.ROLE_GRANTED, person, site, by)


@transaction.atomic
def end(*, person: Person, kind: str, key: int, by: User | None) -> None:
    """From today on the person no longer looks after the site."""
    site = known_site(kind, key)
    if not sites().end(person, key):
        raise ValidationError(_("The person is not steward of this site."))
    _tell(STEWARD_ENDED.name, audit.What.ROLE_WITHDRAWN, person, site, by)


def _tell(mail: str, what: str, person: Person, site: SiteFacts, by: User | None) -> None:
    """To the person, and into the audit list. Each time is an occurrence of its own: stewards come back."""
    occurrence = site_occurrence(site.kind, site.pk, f"{timezone.now():%Y%m%d%H%M%S%f}")
    outbox.put(kind=mail, subject=person, recipient=recipient_of(person), occurrence=occurrence)
    audit.note(what=what, by_id=by.pk if by else None, on=person, detail=f"steward {site.kind}:{site.pk}")


@transaction.atomic
def tell_changes(*, kind: str, key: int, before: set[int], after: set[int], by: User) -> None:
    """What an officer has changed in the rows of a site's form is told like any other beginning and end. Persons by key."""
    site = site_of(kind, key)
    if site is None:  # not published: nobody is told of a site that nobody sees
        return
    for person in Person.objects.known().select_related("care_of").filter(pk__in=before ^ after):
        begun = person.pk in after
        mail, what = (STEWARD_NAMED, audit.What.ROLE_GRANTED) if begun else (STEWARD_ENDED, audit.What.ROLE_WITHDRAWN)
        _tell(mail.name, what, person, site, by)
