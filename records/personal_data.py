"""What the portal holds about one human being: each app tells it, hands it out, and forgets it.

An app registers a Holding in `personal_data.py`. Who is meant is a value, since persons and accounts are floors above.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True)
class Owner:
    """A human being as records know them: by person, account, addresses, and the keys under which mails go to them.

    0 is nobody's number: none would ask for rows that belong to nobody, which are of others.
    """

    person_id: int = 0
    user_id: int = 0
    emails: frozenset[str] = field(default_factory=frozenset)
    keys: frozenset[str] = field(default_factory=frozenset)


def _nothing(owner: Owner) -> None:
    return None


def _never(owner: Owner) -> bool:
    return False


@dataclass(frozen=True)
class Holding:
    """What one app holds about a human being.

    `gather` gives it as plain values for a file. `forget` erases what may go, or makes it anonymous, and ends what is still
    to come. `figures`: whether figures rest on this person, so that the nameless row must stay. `goes` and `stays` say in
    words what becomes of it when an account is erased.
    """

    name: str
    gather: Callable[[Owner], object]
    forget: Callable[[Owner], None] = _nothing
    figures: Callable[[Owner], bool] = _never
    goes: tuple[str | Promise, ...] = ()
    stays: tuple[str | Promise, ...] = ()


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> Holding:
    if _holdings.setdefault(holding.name, holding) is not holding:
        raise ValueError(f"Two holdings of personal data are called {holding.name}.")
    return holding


def all_holdings() -> list[Holding]:
    """In the order in which the apps have registered them."""
    return list(_holdings.values())


def rows(queryset: QuerySet, *names: str) -> list[dict[str, Any]]:
    """Rows as plain values under the names of their columns."""
    return list(queryset.values(*names))
