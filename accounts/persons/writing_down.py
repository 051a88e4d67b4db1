"""Persons whom somebody else writes down: a focal point, for people of the own state."""

from django.db import transaction

from ..models import Consent, Person, User
from . import consents


@transaction.atomic
def write_down(*, person: Person, by: User) -> Person:
    """Keeps a new person or what was changed of one. Who writes it down has told them, and says so."""
    person.full_clean()
    person.save()
    consents.give(person=person, what=Consent.What.NOTICE, how=Consent.How.TOLD, by=by)
    return person
