"""An uploaded sheet beside the records: all that is wrong with it at once, and all that it would change.

A cell that says what the record holds already is never looked at closer: an export read in again changes nothing.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from typed_records.locks import hold

from .clock_cells import Clock
from .columns import Column
from .damage import damage
from .differences import Difference, Entry, held_of, in_circles
from .exporting import cells_of
from .fields import Field, Held, Keys, Link
from .headings import checked
from .registry import Records, keys_named
from .rows import Problem, SheetRow, by_key, settled
from .uploaded_files import FORMULA, Uploaded, as_text

SHOWN: Final = 80  # letters of a value that is refused


@dataclass(frozen=True)
class May:
    """What the officer may do in the form: add a record, change this one, and which of its fields the form keeps."""

    add: bool
    change: Callable[[models.Model], bool]
    fixed: Callable[[models.Model], Collection[str]]


@dataclass(eq=False)
class SheetDifference(Difference):
    """What the import of a sheet would do, and all cells that are refused."""

    keys: dict[str, Keys] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    named: dict[int, str] = field(default_factory=dict)  # what stands in the column of the key, by row

    def shown(self) -> dict[str, object]:
        """As plain values: what an officer looks at, and what is compared before it is done."""
        numbers = {
            name: [{"line": one.row.line, "key": one.key, "changes": _told(one)} for one in entries]
            for name, entries in (("new", self.new), ("changed", self.changed))
        }
        problems = [[one.line, one.column, one.value, one.why] for one in self.problems]
        keys = {str(one.line): self.named[one.line] for one in self.problems if one.line in self.named}
        return {**numbers, "unchanged": self.unchanged, "problems": problems, "keys": keys}


def digest(shown: Mapping[str, object]) -> str:
    """Tells one difference from another."""
    wanted = {name: shown[name] for name in ("new", "changed", "unchanged", "problems")}
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()


def compare(
    records: Records, uploaded: Uploaded, may: May, passed: Callable[[], None] = lambda: None
) -> SheetDifference:
    """Within a transaction: the records that the sheet names stay locked until its end. `passed` is told of each row."""
    found = SheetDifference(records, [column.field for column in records.columns])
    columns = checked(records, uploaded, found.problems)
    if columns is not None:
        _Comparison(found, uploaded, may, columns, passed).run()
        found.problems.sort(key=lambda one: one.line)
    return found


def _told(entry: Entry) -> list[tuple[str, str, str]]:
    """What changes, as texts: heading, before, after."""
    row: SheetRow = entry.row  # type: ignore[assignment]
    return [(name, row.held.get(name, ""), row.text(name)) for name in entry.values]


class _Comparison:
    """One run over the rows of a sheet."""

    def __init__(
        self, found: SheetDifference, uploaded: Uploaded, may: May, headings: list[str], passed: Callable[[], None]
    ) -> None:
        self.passed = passed
        self.found, self.records, self.may, self.headings = found, found.records, may, headings
        self.columns = [column for column in self.records.columns if column.heading in set(headings)]
        self.problems: list[Problem] = []
        self.raw = {line: dict(zip(headings, map(settled, cells), strict=False)) for line, cells in uploaded.lines[1:]}

    def run(self) -> None:
        found, key = self.found, self.records.key
        found.named = {line: cell[:SHOWN] for line, cells in self.raw.items() if (cell := cells.get(key, ""))}
        rows = by_key(self._rows(), key)
        found.rows, found.keys = len(rows), keys_named(self.records)
        wanted = self.records.model._base_manager.filter(**{f"{key}__in": list(rows)}).order_by("pk")
        present = {self.records.key_of(one): one for one in hold(wanted)}
        held = held_of(self.records.model, found.fields, list(present.values()), found.keys)
        self._connect(rows, present, held)
        for key, row in rows.items():
            entry = Entry(key, row, present.get(key))
            self._read(row, entry, held)
            self.passed()
            if entry.record is None:
                self._refuse_new(row, entry)
                found.new.append(entry)
            elif entry.values or row.refused:
                found.changed.append(entry)
        self._refuse_changes(rows)
        self._refuse_circles(rows)
        for one in self.problems:
            value = self.raw.get(one.line, {}).get(one.column, "").replace(FORMULA, "")[:SHOWN]
            found.problems.append(Problem("", one.line, one.column, one.why, value))

    def _rows(self) -> Iterable[SheetRow]:
        for line, cells in self.raw.items():
            row = SheetRow("", line, {one: cells.get(one, "") for one in self.headings}, self.problems)
            self._refuse_damage(row, self.records.key)
            yield row

    def _connect(
        self, rows: Mapping[str, SheetRow], present: Mapping[str, models.Model], held: Mapping[str, Held]
    ) -> None:
        """Tells each row what its record holds, and which records there are or will be."""
        known = {kind: set(keys.pks) for kind, keys in self.found.keys.items()}
        known[self.records.kind] |= set(rows)
        allowed = self._allowed()
        for row in rows.values():
            row.known, row.allowed = known, allowed
        for key, cells in zip(present, cells_of(self.records, list(present.values()), held), strict=True):
            rows[key].held = {heading: as_text(cell) for heading, cell in cells.items()}

    def _allowed(self) -> dict[str, set[str]]:
        """Which keys a column may name, where the form offers some only."""
        allowed: dict[str, set[str]] = {}
        for link in (one.field for one in self.columns if type(one.field) is Link):
            column: models.ForeignKey = self.records.model._meta.get_field(link.name)  # type: ignore[assignment]
            if limit := column.get_limit_choices_to():
                offered = column.related_model._base_manager.filter(limit if isinstance(limit, Q) else Q(**limit))
                allowed[link.name] = set(offered.values_list("slug", flat=True))
        return allowed

    def _refuse_damage(self, row: SheetRow, heading: str) -> None:
        cell = row.cells.get(heading, "")
        if FORMULA in cell:
            row.refuse(heading, _("is a formula. Put its value there, or, if it is text, a ' before it."))
        elif why := damage(cell):
            row.refuse(heading, why)
        if heading in row.refused:
            row.cells[heading] = ""

    def _read(self, row: SheetRow, entry: Entry, held: Mapping[str, Held]) -> None:
        """Reads the cells that differ from what the record holds, and asks the model's own rules about each."""
        differs = {one.heading for one in self.columns if row.cells[one.heading] != row.held.get(one.heading, "")}
        if not differs and entry.record is not None:
            return
        differs |= {
            one.heading for one in self.columns if isinstance(one.cell, Clock) and differs & {one.cell.zone, one.cell.known_by}
        }  # fmt: skip
        read = [one for one in self.columns if one.heading in differs]
        for column in read:
            self._refuse_damage(row, column.heading)
        for column in self.columns if entry.record is None else read:
            if column.heading in differs or column.needed:
                self._read_cell(row, column, entry)
        self.found.compare(entry, held)
        for column in read:
            if column.optional_translation and entry.values.get(column.heading) == "":
                entry.values[column.heading] = None
        for rule in self.records.rules:
            rule(row)

    def _read_cell(self, row: SheetRow, column: Column, entry: Entry) -> None:
        heading, is_new = column.heading, entry.record is None
        if not row.text(heading) and column.needed:
            if not is_new or column.required:
                row.text(heading, required=True)
            return
        value = column.cell.read(row, heading)
        if heading in row.refused:
            return
        if why := column.field.check(self.records.model, value):
            row.refuse(heading, why)
        elif row.text(heading) or not is_new:
            entry.values[heading] = value

    def _refuse_new(self, row: SheetRow, entry: Entry) -> None:
        key = self.records.key
        if not self.may.add:
            row.refuse(key, _("is new: you may not add records of this kind. Correct the key, or remove the row."))
        if why := Field(key).check(self.records.model, entry.key):
            row.refuse(key, why)
        for column in self.records.columns:
            if column.required and column.heading not in row.cells:
                row.refuse(column.heading, _("is not among the columns, and a new record needs it. Add the column."))

    def _refuse_changes(self, rows: Mapping[str, SheetRow]) -> None:
        """What the form would not let this officer edit, the import does not either."""
        changed = [(entry, entry.record) for entry in self.found.changed if entry.record]
        self.records.prepare([record for _entry, record in changed])
        for entry, record in changed:
            row = rows[entry.key]
            if not self.may.change(record):
                row.refuse(self.records.key, _("may not be changed by you. Remove the row."))
                continue
            fixed = {*self.may.fixed(record), *self.records.kept(record)}
            for heading in entry.values:
                if heading in fixed:
                    why = _("cannot be changed here: the record's form keeps it too, and offers an act for it. Leave it as"
                            " it is: %(held)s")  # fmt: skip
                    row.refuse(heading, why % {"held": row.held.get(heading, "") or _("(empty)")})

    def _refuse_circles(self, rows: Mapping[str, SheetRow]) -> None:
        """A record that stands above itself in a tree of its own kind."""
        key = self.records.key
        for link in (
            one.field for one in self.columns if type(one.field) is Link and one.field.to == self.records.kind
        ):
            name = link.name
            if changed := [one.key for one in (*self.found.new, *self.found.changed) if one.values.get(name)]:
                held = self.records.model._base_manager.exclude(**{name: None}).values_list(key, f"{name}__{key}")
                for one in in_circles(
                    changed, {**dict(held), **{key: row.effective(name) for key, row in rows.items()}}
                ):
                    rows[one].refuse(name, _("leads back to this record itself. Choose another one."))
