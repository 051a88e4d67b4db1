"""Records that may be of one and the same human being.

Two records are shown to an officer if one is written to at an address with which the other signs in, or if they are of one
member state and share a name, in any script, the words of it in any order: family names stand first in one country and last in
another. Of names that merely look alike, of years of birth that differ, of a name that many bear nothing is said. What was
found is kept for some minutes, by number: a new or erased record is seen at once, a name that was corrected a little later.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from allauth.account.models import EmailAddress
from django.db.models import Count, Max

from records.cached import cached
from records.formats.names import fold

from ..models import DifferentPersons, Person

SHORTEST: Final = 2  # letters of a name that says anything
MOST_OF_ONE_NAME: Final = 4  # who share it: of more nobody is meant
KEPT_SECONDS: Final = 600


@dataclass(frozen=True)
class Pair:
    """Two records by number, the lower first; whether they share an address, or a name and a state."""

    first: int
    second: int
    by_address: bool


@dataclass(frozen=True)
class _People:
    """Stands for the version of the records: people are in no history."""

    number: int
    settled: bool = True


def candidates() -> list[Pair]:
    """All pairs that nobody has decided on yet. Two queries, if they were found a moment ago."""
    known = Person.objects.known().aggregate(number=Count("pk"), latest=Max("pk"))
    apart = DifferentPersons.objects.aggregate(number=Count("pk"), latest=Max("pk"))
    version = _People(known["number"])
    made_from = (known["latest"], apart["number"], apart["latest"])
    return cached("pairs-of-persons", version, lambda: list(_found()), *made_from, seconds=KEPT_SECONDS)


def candidates_of(person: Person) -> list[int]:
    """The numbers of the others that may be this person."""
    return [
        pair.second if pair.first == person.pk else pair.first
        for pair in candidates()
        if person.pk in (pair.first, pair.second)
    ]


def _found() -> Iterator[Pair]:
    apart = set(DifferentPersons.objects.values_list("first_id", "second_id"))
    by_address = set(_by_address())
    for pair in sorted(by_address | set(_by_name())):
        if pair not in apart:
            yield Pair(*pair, by_address=pair in by_address)


def _by_address() -> Iterator[tuple[int, int]]:
    """One is written to where the other signs in."""
    verified = EmailAddress.objects.filter(verified=True, user__person__isnull=False)
    signs_in = {email.lower(): person for email, person in verified.values_list("email", "user__person")}
    for pk, email in Person.objects.known().exclude(email="").values_list("pk", "email").filter(email__in=signs_in):
        if signs_in[email] != pk:
            yield min(pk, signs_in[email]), max(pk, signs_in[email])


def _by_name() -> Iterator[tuple[int, int]]:
    named: dict[tuple[str, str], set[int]] = defaultdict(set)
    born: dict[int, int | None] = {}
    people = Person.objects.known().exclude(member_state=None).order_by()
    for pk, state, year, *names in people.values_list("pk", "member_state", "birth_year", "name", "native_name"):
        born[pk] = year
        for name in names:
            key = "".join(sorted(fold(word) for word in name.split()))
            if len(key) >= SHORTEST:
                named[state, key].add(pk)
    for numbers in named.values():
        if len(numbers) <= MOST_OF_ONE_NAME:
            for one, other in combinations(sorted(numbers), 2):
                if None in (born[one], born[other]) or born[one] == born[other]:
                    yield one, other
