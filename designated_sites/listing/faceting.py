"""What a filter finds in a table of sites, and what each of its options would find under the other filters."""

from functools import reduce
from operator import and_, or_
from typing import Any

from records.listing.lists import is_set
from records.template_context import Cleaned

from .site_table import FACETS, SiteTable


def _years(table: SiteTable, first: int | None, last: int | None) -> int:
    wanted = (some for year, some in table.years.items() if year >= (first or year) and year <= (last or year))
    return reduce(or_, wanted, 0)


def set_of(table: SiteTable, name: str, value: Any) -> int:
    """The sites that one filter alone leaves."""
    match name:
        case "year_min":
            return _years(table, value, None)
        case "year_max":
            return _years(table, None, value)
        case "area_min":
            return table.with_area(least=value)
        case "area_max":
            return table.with_area(most=value)
    options = table.options[name]
    return reduce(or_, (options.get(one, 0) for one in ([value] if isinstance(value, str) else value)), 0)


class Faceted:
    """The sets that the filters leave, each by itself and all together."""

    def __init__(self, table: SiteTable, cleaned: Cleaned, words: int | None = None) -> None:
        """`words`: the sites that the words of the query match; None when it has none."""
        self.table = table
        self.sets = {
            name: set_of(table, name, value)
            for name, value in cleaned.items()
            if is_set(value) and (name in FACETS or name.startswith(("year_", "area_")))
        }
        if words is not None:
            self.sets["q"] = words
        self.found = self._without("")

    def _without(self, name: str) -> int:
        return reduce(and_, (some for other, some in self.sets.items() if other != name), self.table.everything)

    def counts(self, name: str) -> dict[str, int]:
        """How many sites each option of a filter would find under the other filters; an option that is missing, none."""
        others = self._without(name)
        return {value: (others & some).bit_count() for value, some in self.table.options[name].items()}

    def best_removal(self) -> tuple[str, int] | None:
        """The filter whose removal finds most, and how many; None when no single removal finds anything."""
        gains = {name: self._without(name).bit_count() for name in self.sets}
        best = max(gains, key=gains.__getitem__, default=None)
        return (best, gains[best]) if best and gains[best] else None
