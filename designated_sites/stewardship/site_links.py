"""Sites a person has to do with, by their own word."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person

from ..models import DesignatedSite, LinkedSite


@transaction.atomic
def link(*, person: Person, kind: str, key: int) -> LinkedSite:
    """Once is enough. ValidationError when no such site is published."""
    site = DesignatedSite.objects.published().filter(site_type=kind, pk=key).first()
    if site is None:
        raise ValidationError(_("This site is not known."))
    linked, _new = LinkedSite.objects.get_or_create(person=person, site=site)
    return linked


@transaction.atomic
def unlink(*, person: Person, kind: str, key: int) -> None:
    LinkedSite.objects.filter(person=person, site__site_type=kind, site=key).delete()
