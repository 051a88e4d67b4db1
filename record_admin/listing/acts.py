"""Acts on all rows that match a list: looked at before with their number, done only while the number is as it was seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest

SEEN: Final = "number_seen"
LOOKED: Final = "looked"
SELECT_ACROSS: Final = "select_across"
SAMPLES: Final = 10
# What the bar and the page before an act say, beside what the act itself may ask.
_OF_THE_BAR: Final = ("csrfmiddlewaretoken", SEEN, LOOKED)


def is_across(request: HttpRequest) -> bool:
    """Whether an act is asked for on all that match, not on the rows that were ticked."""
    return request.method == "POST" and request.POST.get(SELECT_ACROSS) == "1"


@dataclass(frozen=True)
class AllThatMatch:
    """The rows that match now, beside the number that somebody has seen; -1: they have seen none."""

    keys: list[Any]
    seen: int
    looked: bool

    @classmethod
    def of(cls, request: HttpRequest, found: QuerySet) -> "AllThatMatch":
        seen = request.POST.get(SEEN, "")
        known = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
        return cls(list(dict.fromkeys(found.values_list("pk", flat=True))), known, LOOKED in request.POST)

    @property
    def count(self) -> int:
        return len(self.keys)

    @property
    def has_changed(self) -> bool:
        return self.seen not in (-1, self.count)

    @property
    def may_be_done(self) -> bool:
        """The page before the act was shown, and it still says what is true."""
        return self.looked and self.seen == self.count


def carried(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What the page before the act sends on: all of the form but what that page says itself."""
    for name, values in request.POST.lists():
        if name not in _OF_THE_BAR:
            for value in values[:1] if name == ACTION_CHECKBOX_NAME else values:
                yield name, str(value)
