"""What the portal holds about one human being: each app tells it, hands it out, corrects it, and forgets it.

An app registers a Holding in `personal_data.py`. Who is meant is a value, since persons and accounts are floors above.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
RowsAsValues = list[dict[str, Any]]


@dataclass(frozen=True)
class Owner:
    """A human being as records know them: by person, account, addresses, names, and the keys under which mails go to them.

    0 is nobody's number: none would ask for rows that belong to nobody, which are of others. A name alone is no proof: it
    finds rows that belong to no person, and mentions for somebody to look at.
    """

    person_id: int = 0
    user_id: int = 0
    emails: frozenset[str] = field(default_factory=frozenset)
    keys: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)


NOBODY = Owner()


class Fate(models.TextChoices):
    """What becomes of rows when their human being is erased."""

    ERASED = "erased", _("Erased")
    NAMELESS = "nameless", _("Stays without a name")
    KEPT = "kept", _("Kept")


@dataclass(frozen=True)
class Held:
    """Rows of one table that tell of a human being.

    `name` is their word in the file, `what` that on pages. `by` names the columns that lead to the human being. `file` is
    the column of a file that was handed in. `why` says what is not simply erased is kept for.
    """

    name: str
    what: Words
    rows: Callable[[Owner], QuerySet]
    columns: tuple[str, ...]
    by: tuple[str, ...]
    fate: Fate = Fate.ERASED
    why: Words = ""
    file: str = ""
    also: Callable[[RowsAsValues], RowsAsValues] = list

    @property
    def model(self) -> type[models.Model]:
        model: type[models.Model] = self.rows(NOBODY).model
        return model._meta.concrete_model or model

    def values(self, owner: Owner) -> RowsAsValues:
        """Plain values under the names of their columns."""
        return self.also(list(self.rows(owner).values(*self.columns)))


@dataclass(frozen=True)
class Correction:
    """A name or an address as it is right; None leaves it as it is."""

    name: str | None = None
    native_name: str | None = None
    email: str | None = None


def _nothing(owner: Owner) -> None:
    return None


def _never(owner: Owner) -> bool:
    return False


def _corrects_nothing(owner: Owner, right: Correction) -> int:
    return 0


@dataclass(frozen=True)
class Holding:
    """What one app holds about a human being.

    `forget` erases what may go, or makes it anonymous, and ends what is still to come. `correct` writes a name or an address
    right where the app keeps a copy of it, and says in how many rows. `figures`: whether figures rest on this person, so
    that the nameless row must stay. `goes` and `stays` say in words what becomes of it when an account is erased.
    """

    name: str
    held: tuple[Held, ...]
    forget: Callable[[Owner], None] = _nothing
    correct: Callable[[Owner, Correction], int] = _corrects_nothing
    figures: Callable[[Owner], bool] = _never
    goes: tuple[Words, ...] = ()
    stays: tuple[Words, ...] = ()

    def gather(self, owner: Owner) -> dict[str, RowsAsValues]:
        """As plain values for a file."""
        return {one.name: one.values(owner) for one in self.held}


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> Holding:
    if _holdings.setdefault(holding.name, holding) is not holding:
        raise ValueError(f"Two holdings of personal data are called {holding.name}.")
    return holding


def all_holdings() -> list[Holding]:
    """In the order in which the apps have registered them."""
    return list(_holdings.values())


def all_held() -> Iterator[tuple[Holding, Held]]:
    for holding in all_holdings():
        for held in holding.held:
            yield holding, held
