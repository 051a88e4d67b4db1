"""How kinds of record come out of data files: each app registers its own, the lowest floor first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from .book import Book
from .fields import Field
from .rows import Row

Facts = dict[str, Any]


@dataclass(frozen=True)
class Loader:
    """How one kind of record comes out of a data file.

    `source` is what the rows are remembered under, `kind` what links name: two sources may hold records of one kind.
    `facts` gives the values by field name; a field it leaves out is not touched. `entries` may take other records from
    the file than one per row; `introduce` tells the book by which names a record is known, from the row or from the
    database.
    """

    source: str
    file: str
    order: int
    model: type[models.Model]
    columns: tuple[str, ...]
    fields: tuple[Field, ...]
    facts: Callable[[Row, Book], Facts]
    optional: tuple[str, ...] = ()
    kind: str = ""
    key: str = "slug"
    entries: Callable[[Book], list[tuple[str, Row]]] | None = None
    introduce: Callable[[Book, dict[str, Row]], None] | None = None

    @property
    def records(self) -> str:
        return self.kind or self.source

    def rows(self, book: Book) -> dict[str, Row]:
        """The rows by key; a key that comes twice is a problem."""
        if self.entries:
            return dict(self.entries(book))
        found: dict[str, Row] = {}
        for row in book.tables[self.file].rows:
            key = row.slug(self.key) if self.key == "slug" else row.text(self.key, required=True)
            if key in found:
                row.refuse(self.key, f"“{key}” is already in line {found[key].line}")
            elif key:
                found[key] = row
        return found


_loaders: dict[str, Loader] = {}


def register(loader: Loader) -> None:
    _loaders[loader.source] = loader


def loaders() -> list[Loader]:
    """All loaders, the lowest floor first."""
    return sorted(_loaders.values(), key=lambda loader: loader.order)
