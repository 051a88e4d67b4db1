"""People as staff find them: by any part of a name in either script, of an address, of an organisation."""

import re
from collections.abc import Iterator

from django.db.models import Func, TextField, Value
from django.db.models.functions import Collate
from django.urls import reverse
from django.utils.translation import gettext as _

from record_admin.links import change_page
from record_admin.workspace.hits import Hit
from search.variants import pattern

from .models import Person, User
from .models.person import PersonQuerySet

WORDS = 8  # of a search that are looked at: a name has fewer


def people_known_by(words: str) -> PersonQuerySet:
    """Persons of whom every word is a part of the name, in either script, of the address or of the organisation; a word
    means its other spellings too."""
    known_by = Func(
        Value(" "), "name", "native_name", "email", "organisation", function="concat_ws", output_field=TextField()
    )
    people = Person.objects.known().alias(known_by=Collate(known_by, "C"))
    for word in words.split()[:WORDS]:
        people = people.filter(known_by__regex=pattern(word))
    return people


def find_people(words: str, start: int, stop: int) -> list[Hit]:
    """Persons of whom every word is known, by name."""
    shown = people_known_by(words).select_related("member_state").order_by("name", "pk")[start:stop]
    return [_person(person, words) for person in shown]


def find_accounts(words: str, start: int, stop: int) -> list[Hit]:
    """Accounts that belong to no person of the records."""
    users = User.objects.filter(person=None, email__icontains=words).order_by("email", "pk")[start:stop]
    return [Hit(user.email, change_page(user)) for user in users]


def people_at(words: str) -> Iterator[str]:
    """The pages of all who have just this address: persons, accounts without one."""
    if "@" not in words:
        return
    address = words.lower()
    known = Person.objects.known()
    yield from map(change_page, known.filter(email=address) | known.filter(user__email=address))
    yield from map(change_page, User.objects.filter(person=None, email=address))


def _says(text: str, word: str) -> bool:
    return bool(re.search(pattern(word), text))


def _person(person: Person, words: str) -> Hit:
    facts = [person.organisation, person.member_state.name if person.member_state else ""]
    found: list[str] = []
    if not all(_says(person.name, word) for word in words.split()[:WORDS]):
        others = filter(None, (person.native_name, person.email, person.organisation))
        found = [text for text in others if any(_says(text, word) for word in words.split()[:WORDS])]
    mails = reverse("admin:accounts_person_mails", args=[person.pk])
    return Hit(
        person.name,
        change_page(person),
        ", ".join(filter(None, facts)),
        ", ".join(found),
        act=_("Mails"),
        act_address=mails,
    )
