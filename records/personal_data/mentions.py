"""Where the database still names somebody: every text of every table, searched in the database itself, and taken out.

What belongs to somebody by key the apps forget. This finds the rest: a name in an officer's note on somebody else, an
address in the log, in an error that was written down, in old versions of a record. Tables without a model are searched too.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.db import connection, transaction

from history.triggers import NAME as HISTORY_TRIGGER

HISTORY: Final = "history_change"
# Derived from records, of the framework, or encoded: sessions are looked through by whoever ends them.
LEFT_OUT: Final = frozenset(
    {"search_searchentry", "search_stalesearch", "django_session", "django_migrations", "django_content_type"}
)
NOTHING: Final = "–"
# Tables whose rows never change once they are written, whoever writes: named by the apps that keep them.
_frozen: set[str] = set()
_TEXT: Final = ("text", "varchar", "bpchar", "json", "jsonb", "_text", "_varchar", "bytea")


@dataclass(frozen=True)
class Marks:
    """By which somebody is known in texts. Addresses are theirs alone; a name may be that of others too."""

    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def __or__(self, other: "Marks") -> "Marks":
        return Marks(self.addresses | other.addresses, self.names | other.names)

    def __bool__(self) -> bool:
        return bool(self.addresses or self.names)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        addresses = (rf"(?<![\w.+-]){re.escape(one)}(?![\w-]|\.\w)" for one in self.addresses)
        return re.compile("|".join([*addresses, *map(_of_name, self.names)]) or r"(?!)", re.IGNORECASE)

    def found_in(self, value: object) -> bool:
        if isinstance(value, str):
            return self._pattern.search(value) is not None
        if isinstance(value, bytes | memoryview):
            return self.found_in(bytes(value).decode("utf-8", "replace"))
        if isinstance(value, Mapping):
            return any(self.found_in(key) or self.found_in(one) for key, one in value.items())
        return isinstance(value, list | tuple) and any(map(self.found_in, value))

    def without(self, value: Any) -> Any:
        """The value with what was found taken out; a text that is nothing but an address is empty afterwards."""
        if isinstance(value, str):
            left = self._pattern.sub(NOTHING, value)
            return "" if left == NOTHING and "@" in value else left
        if isinstance(value, Mapping):
            return {self.without(key): self.without(one) for key, one in value.items()}
        return [self.without(one) for one in value] if isinstance(value, list | tuple) else value

    def likenesses(self) -> list[str]:
        """Patterns by which the database narrows down what may hold a mark."""
        words = {word for mark in self.addresses | self.names for word in (mark, mark.lower(), mark.upper())}
        escaped = (re.sub(r"([\\%_])", r"\\\1", word) for word in words)
        return ["%" + re.sub(r'[\s"]+', "%", word) + "%" for word in escaped]


def _of_name(name: str) -> str:
    """A name as a whole; where words are written without spaces between them, wherever it stands."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    return words if re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", name) else rf"(?<!\w){words}(?!\w)"


@dataclass(frozen=True)
class Mention:
    """A row in whose texts somebody is named. `public`: in a record that everybody reads, or in an old version of one.

    `sure`: it can mean nobody else, and no public record loses a name by it, which somebody should look at first.
    """

    table: str
    key: str
    columns: tuple[str, ...]
    public: bool
    sure: bool = False
    of: str = ""  # the record whose old version it is

    @property
    def id(self) -> str:
        return f"{self.table}:{self.key}"

    @property
    def frozen(self) -> bool:
        return self.table in _frozen


@dataclass(frozen=True)
class _Table:
    name: str
    key: str
    columns: dict[str, str] = field(hash=False)


def register_frozen(table: str) -> None:
    """A table of what was handed over and must stay as it was."""
    _frozen.add(table)


def _tables() -> Iterator[_Table]:
    """Every table with one column as its key, and the columns of it that hold texts."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, min(k.attname), jsonb_object_agg(a.attname, t.typname)
               FROM pg_class c
               JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary AND i.indnatts = 1
               JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = i.indkey[0]
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               JOIN pg_type t ON t.oid = a.atttypid AND t.typname = ANY(%s)
               WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
               GROUP BY c.relname ORDER BY c.relname""",
            [list(_TEXT)],
        )
        for name, key, columns in cursor.fetchall():
            if name not in LEFT_OUT:
                yield _Table(name, key, _read(columns, "jsonb"))


def _public() -> set[str]:
    """Tables of records that everybody reads: those whose changes the history tells."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [HISTORY_TRIGGER])
        return {name for (name,) in cursor.fetchall()}


def find(marks: Marks, sure: Marks | None = None) -> list[Mention]:
    """Every row that names somebody by one of the marks. `sure` are those of them that can mean nobody else."""
    if not marks:
        return []
    public = _public()
    return [mention for table in _tables() for mention in _in_table(table, marks, sure or marks, public)]


def _in_table(table: _Table, marks: Marks, sure: Marks, public: set[str]) -> Iterator[Mention]:
    columns = ", ".join(f'"{name}"' for name in table.columns)
    binary = " || ".join(f"encode(\"{name}\", 'escape')" for name, kind in table.columns.items() if kind == "bytea")
    within = f"(t::text || {binary})" if binary else "t::text"
    whose = ", table_name || ':' || key" if table.name == HISTORY else ", ''"
    with connection.cursor() as cursor:
        # Names of tables and columns come from the database itself.
        cursor.execute(
            f'SELECT "{table.key}"::text{whose}, {columns} FROM "{table.name}" t WHERE {within} ILIKE ANY(%s) ORDER BY t."{table.key}"',  # noqa: S608
            [marks.likenesses()],
        )
        rows = cursor.fetchall()
    addresses = Marks(addresses=marks.addresses)
    for key, of, *values in rows:
        texts = {name: _read(value, table.columns[name]) for name, value in zip(table.columns, values, strict=True)}
        named = tuple(name for name, text in texts.items() if marks.found_in(text))
        if named:
            old_version = table.name == HISTORY and not set(named) - {"old", "new"}
            read_by_all = table.name in public or old_version
            told = [text for name, text in texts.items() if name in named]
            certain = addresses.found_in(told) or (not read_by_all and sure.found_in(told))
            yield Mention(table.name, key, named, read_by_all, certain, of if old_version else "")


@transaction.atomic
def take_out(mentions: Iterable[Mention], marks: Marks) -> int:
    """Takes the marks out of these rows, and out of what the history keeps of them. In how many rows."""
    tables = {table.name: table for table in _tables()}
    chosen = [mention for mention in mentions if not mention.frozen]
    for mention in chosen:
        _clear(tables[mention.table], mention, marks)
    # The history has just written down what stood there before.
    records = {mention.id for mention in chosen if mention.table != HISTORY}
    old = [one for one in _in_history(tables, marks) if _record_of(one) in records] if records else []
    for mention in old:
        _clear(tables[HISTORY], mention, marks)
    return len({one.id for one in [*chosen, *old]})


def _in_history(tables: Mapping[str, _Table], marks: Marks) -> Iterator[Mention]:
    return _in_table(tables[HISTORY], marks, marks, set())


def _record_of(mention: Mention) -> str:
    if mention.of:
        return mention.of
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT table_name || ':' || key FROM {HISTORY} WHERE id = %s", [mention.key])  # noqa: S608
        return str(cursor.fetchone()[0])


def _clear(table: _Table, mention: Mention, marks: Marks) -> None:
    with connection.cursor() as cursor:
        where = f'FROM "{table.name}" WHERE "{table.key}"::text = %s'
        columns = ", ".join(f'"{name}"' for name in mention.columns)
        cursor.execute(f"SELECT {columns} {where} FOR UPDATE", [mention.key])
        row = cursor.fetchone()
        if row is None:
            return
        kinds = [table.columns[name] for name in mention.columns]
        if "bytea" in kinds:  # a file in the table: nothing can be taken out of it
            cursor.execute(f"DELETE {where}", [mention.key])
            return
        values = [_written(marks.without(_read(value, kind)), kind) for value, kind in zip(row, kinds, strict=True)]
        changes = ", ".join(f'"{name}" = %s::{kind}' for name, kind in zip(mention.columns, kinds, strict=True))
        cursor.execute(
            f'UPDATE "{table.name}" SET {changes} WHERE "{table.key}"::text = %s',  # noqa: S608
            [*values, mention.key],
        )


def _read(value: Any, kind: str) -> Any:
    return json.loads(value) if kind.startswith("json") and isinstance(value, str) else value


def _written(value: Any, kind: str) -> Any:
    return json.dumps(value) if kind.startswith("json") and value is not None else value
