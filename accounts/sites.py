"""Sites as accounts know them: by number. The sites are a floor above, which registers how they are read, and how a
stewardship begins and ends."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .models import Person


@dataclass(frozen=True)
class SiteFacts:
    """A published site, under the name the portal uses."""

    kind: str
    pk: int
    name: str
    state_codes: frozenset[str]
    url: str


@dataclass(frozen=True)
class Sites:
    """`types` tells the type of any site, `facts` knows the published ones; `begin` and `end` write a stewardship and are
    False when there was nothing to do. `held_since` tells since when a person is steward of which site; None: not known."""

    facts: Callable[[Iterable[int]], dict[int, SiteFacts]]
    types: Callable[[Iterable[int]], dict[int, str]]
    begin: Callable[[Person, int], bool]
    end: Callable[[Person, int], bool]
    held_since: Callable[[Person], dict[int, dt.date | None]]


_registered: list[Sites] = []


def register_sites(sites: Sites) -> None:
    """Registered in the `scopes.py` of the sites, beside the rule of who is steward of what."""
    _registered[:] = [sites]


def sites() -> Sites:
    return _registered[0]


def facts_of(numbers: Iterable[int]) -> dict[int, SiteFacts]:
    """The facts of sites by number; those that are not published are left out. One query, none without a number."""
    wanted = set(numbers)
    return sites().facts(wanted) if wanted else {}


def types_of(numbers: Iterable[int]) -> dict[int, str]:
    """The types of sites by number, also of those that are not published. One query, none without a number."""
    wanted = set(numbers)
    return sites().types(wanted) if wanted else {}


def site_numbered(number: int | None) -> SiteFacts | None:
    """The published site that a row names by its number; none where it names none."""
    return None if number is None else facts_of([number]).get(number)


def site_of(kind: str, key: int) -> SiteFacts | None:
    """A site as an address names it: the number alone would find one of the other type."""
    site = site_numbered(key)
    return site if site and site.kind == kind else None
