"""People as staff find them: by any part of a name in either script, of an address, of an organisation."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from record_admin.links import change_page
from record_admin.workspace.hits import Hit

from .models import Person, User

WORDS = 8  # of a search that are looked at: a name has fewer


def find_people(words: str, start: int, stop: int) -> list[Hit]:
    """Persons of whom every word is known, by name."""
    people = Person.objects.known()
    for word in words.split()[:WORDS]:
        people = people.matching(word)
    shown = people.select_related("member_state").order_by("name", "pk")[start:stop]
    return [_person(person, words.casefold().split()[:WORDS]) for person in shown]


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


def _person(person: Person, words: Iterable[str]) -> Hit:
    facts = [person.organisation, person.member_state.name if person.member_state else ""]
    why = ""
    if not all(word in person.name.casefold() for word in words):
        found = [
            text for text in (person.native_name, person.email or "", person.organisation)
            if text and any(word in text.casefold() for word in words)
        ]  # fmt: skip
        why = ", ".join(found)
    mails = reverse("admin:accounts_person_mails", args=[person.pk])
    return Hit(person.name, change_page(person), ", ".join(filter(None, facts)), why, act=_("Mails"), act_address=mails)
