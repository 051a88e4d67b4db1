"""Sites a person has to do with, by their own word."""

from django.db import transaction

from .models import Person, SiteLink
from .roles.stewardships import known_site


@transaction.atomic
def link(*, person: Person, kind: str, key: int) -> SiteLink:
    """Once is enough. ValidationError when no such site is published."""
    known_site(kind, key)
    linked, _new = SiteLink.objects.get_or_create(person=person, kind=kind, site_id=key)
    return linked


@transaction.atomic
def unlink(*, person: Person, kind: str, key: int) -> None:
    SiteLink.objects.filter(person=person, kind=kind, site_id=key).delete()
