"""What all loaders of one run share: the tables, the keys that exist, the names records are known by, the problems."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from records.formats.names import fold

from .data_files import Table
from .fields import Canonical, Keys, Link, Links
from .rows import Problem, Row


class NameIndex:
    """Finds a record by any of its names. A name that several records bear finds none, unless it is one's main name."""

    def __init__(self) -> None:
        self._main: dict[str, set[str]] = defaultdict(set)
        self._other: dict[str, set[str]] = defaultdict(set)

    def add(self, key: str, main: str, others: Iterable[str] = ()) -> None:
        self._main[fold(main)].add(key)
        for other in others:
            self._other[fold(other)].add(key)

    def find(self, name: str) -> str:
        """The key of the one record that bears the name; '' when there is none, or no telling which."""
        folded = fold(name)
        for index in (self._main, self._other):
            if folded and (found := index.get(folded)):
                return next(iter(found)) if len(found) == 1 else ""
        return ""


@dataclass
class Book:
    """The state of one run.

    `known` are the keys a file may refer to: those of the files, and those of the database. What staff have deleted since
    it was loaded is in `deleted`: a reference to it is right, and leads nowhere. `last` is what was loaded before.
    """

    tables: dict[str, Table] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    keys: dict[str, Keys] = field(default_factory=lambda: defaultdict(Keys))
    names: dict[str, NameIndex] = field(default_factory=lambda: defaultdict(NameIndex))
    deleted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    broken: set[str] = field(default_factory=set)
    last: dict[str, dict[str, dict[str, Canonical]]] = field(default_factory=lambda: defaultdict(dict))

    def problems(self) -> list[Problem]:
        return sorted({problem for table in self.tables.values() for problem in table.problems})

    def reference(self, row: Row, column: str, source: str) -> str:
        """The key that a cell refers to; a problem when there is no such record."""
        value = row.text(column)
        return value if not value or self._exists(row, column, source, value) else ""

    def references(self, row: Row, column: str, source: str) -> list[str]:
        """The keys that a cell lists."""
        return [value for value in row.listed(column) if self._exists(row, column, source, value)]

    def named(self, row: Row, column: str, field: Link) -> str | list[str]:
        """What a cell names: one record, or several."""
        read = self.references if isinstance(field, Links) else self.reference
        return read(row, column, field.to)

    def keeps(self, source: str, row: Row | None, key: str, name: str, column: str, held: object) -> bool:
        """Whether a record will hold a value after the run too: no cell replaces it, or staff have edited it."""
        return row is None or not row.has(column) or self.last[source].get(key, {}).get(name) != held

    def usable(self, source: str, key: str) -> bool:
        """There is such a record, or there will be one."""
        return key in self.known[source] and key not in self.deleted[source]

    def _exists(self, row: Row, column: str, source: str, value: str) -> bool:
        if source in self.broken or value in self.deleted[source]:
            return False
        if value in self.known[source]:
            return True
        row.refuse(column, f"“{value}” is not the key of any of the {source}")
        return False

    def matched(self, source: str, names: Collection[str]) -> tuple[list[str], list[str]]:
        """Keys of the records that bear the names, and the names that no record bears."""
        found = {name: self.names[source].find(name) for name in names}
        return [key for key in found.values() if key], [name for name, key in found.items() if not key]
