"""Sites as accounts know them: by kind and key. The sites are floors above; each kind registers how it is read, and how
its stewardships begin and end."""

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
class SiteKind:
    """One kind of site. `begin` and `end` write a stewardship and are False when there was nothing to do."""

    kind: str
    facts: Callable[[Iterable[int]], dict[int, SiteFacts]]
    begin: Callable[[Person, int], bool]
    end: Callable[[Person, int], bool]


_kinds: dict[str, SiteKind] = {}


def register_site_kind(kind: SiteKind) -> None:
    """Registered in an app's `scopes.py`, beside the rule of who is steward of what."""
    _kinds[kind.kind] = kind


def site_kind(kind: str) -> SiteKind | None:
    return _kinds.get(kind)


def facts_of(sites: Iterable[tuple[str, int]]) -> dict[tuple[str, int], SiteFacts]:
    """The facts of sites named by kind and key; those that are not published are left out. One query for each kind."""
    wanted: dict[str, set[int]] = {}
    for kind, key in sites:
        wanted.setdefault(kind, set()).add(key)
    return {
        (kind, key): facts
        for kind, keys in wanted.items()
        if kind in _kinds
        for key, facts in _kinds[kind].facts(keys).items()
    }


def site_of(kind: str, key: int) -> SiteFacts | None:
    return facts_of([(kind, key)]).get((kind, key))
