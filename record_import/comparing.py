"""Comparing an uploaded sheet with the records: all that is wrong with it at once, and all that it would change.

A cell that says what the record holds already is never looked at closer: an export read in again changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from .cells import Clock
from .damage import damage
from .definition import Column, Sheet
from .difference import Difference, Entry, May, Wrong
from .exporting import cells_of
from .fields import Link, Plain
from .headings import checked
from .keys import keys_for
from .rows import Problem
from .sheet_rows import SheetRow, settled
from .uploaded_files import FORMULA, Uploaded, as_text

SHOWN = 80  # letters of a value that is refused


def compare(sheet: Sheet, uploaded: Uploaded, may: May) -> Difference:
    """Within a transaction: the records that the sheet names stay locked until its end."""
    found = Difference(sheet)
    columns = checked(sheet, uploaded, lambda *facts: found.problems.append(Wrong(*facts)))
    if columns is not None:
        _Comparison(found, uploaded, may, columns).run()
        found.problems.sort(key=lambda one: one.line)
    return found


class _Comparison:
    """One run over the rows of a sheet."""

    def __init__(self, found: Difference, uploaded: Uploaded, may: May, headings: list[str]) -> None:
        self.found, self.sheet, self.may, self.headings = found, found.sheet, may, headings
        self.columns = [column for column in self.sheet.columns if column.heading in set(headings)]
        self.problems: list[Problem] = []
        self.raw = {line: dict(zip(headings, map(settled, cells), strict=False)) for line, cells in uploaded.lines[1:]}

    def run(self) -> None:
        rows = self._rows()
        records = {str(getattr(one, self.sheet.key)): one for one in self._records(rows)}
        self.found.keys = keys_for(self.sheet)
        held = self._held(records)
        self._connect(rows, held)
        for key, row in rows.items():
            entry = Entry(key, row.line, records.get(key))
            self._read(row, entry)
            if entry.record is None:
                self._refuse_new(row, entry)
                self.found.new.append(entry)
            elif entry.changes or (row.problems and row.refused):
                self.found.changed.append(entry)
            else:
                self.found.unchanged += 1
        self._refuse_changes(rows)
        self._refuse_circles(rows)
        self._tell()

    def _rows(self) -> dict[str, SheetRow]:
        """The rows by key; a key that comes twice is a problem."""
        rows: dict[str, SheetRow] = {}
        for line, cells in self.raw.items():
            row = SheetRow(self.sheet.source, line, dict(cells), self.problems)
            row.cells = {heading: cells.get(heading, "") for heading in self.headings}
            self._refuse_damage(row, self.sheet.key)
            key = row.slug(self.sheet.key) if self.sheet.key == "slug" else row.text(self.sheet.key, required=True)
            if key in rows:
                why = _("“%(key)s” stands in row %(line)d already. Join the two rows, or correct one key.")
                row.refuse(self.sheet.key, why % {"key": key, "line": rows[key].line})
            elif key:
                rows[key] = row
        return rows

    def _records(self, rows: Iterable[str]) -> Any:
        wanted = self.sheet.model._base_manager.filter(**{f"{self.sheet.key}__in": list(rows)})
        return wanted.order_by("pk").select_for_update(no_key=True)

    def _held(self, records: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        cells = cells_of(self.sheet, list(records.values()), self.found.keys, self.sheet.columns)
        return {
            key: {heading: as_text(cell) for heading, cell in one.items()}
            for key, one in zip(records, cells, strict=True)
        }

    def _connect(self, rows: Mapping[str, SheetRow], held: Mapping[str, dict[str, str]]) -> None:
        """Tells each row what its record holds, and which records there are or will be."""
        own = self.sheet.loader.records
        known: dict[str, set[str]] = {kind: set(map(str, keys.pks)) for kind, keys in self.found.keys.items()}
        new = set(rows) - set(held)
        known[own] |= new
        allowed = self._allowed()
        for key, row in rows.items():
            row.held, row.known, row.allowed = held.get(key, {}), known, allowed

    def _allowed(self) -> dict[str, set[str]]:
        """Which keys a column may name, where the form offers some only."""
        allowed: dict[str, set[str]] = {}
        for column in self.columns:
            known: Any = (
                self.sheet.model._meta.get_field(column.heading) if column.heading in _names(self.sheet) else None
            )
            limit = (
                known.get_limit_choices_to() if known is not None and known.is_relation and known.many_to_one else None
            )
            if limit:
                offered = known.related_model._base_manager.filter(limit if isinstance(limit, Q) else Q(**limit))
                allowed[column.heading] = set(offered.values_list("slug", flat=True))
        return allowed

    def _refuse_damage(self, row: SheetRow, heading: str) -> None:
        cell = row.cells.get(heading, "")
        if FORMULA in cell:
            row.refuse(heading, _("is a formula. Put its value there, or, if it is text, a ' before it."))
        elif why := damage(cell):
            row.refuse(heading, why)
        if heading in row.refused:
            row.cells[heading] = ""

    def _read(self, row: SheetRow, entry: Entry) -> None:
        """Reads the cells that differ from what the record holds, and asks the model's own rules about each."""
        differs = {one.heading for one in self.columns if row.cells[one.heading] != row.held.get(one.heading, "")}
        if not differs and entry.record is not None:
            return
        for column in self.columns:
            if column.heading in differs or (
                isinstance(column.cell, Clock) and self._zone_differs(column.cell, differs)
            ):
                self._refuse_damage(row, column.heading)
        for column in self.columns:
            if (
                column.heading in differs
                or (isinstance(column.cell, Clock) and self._zone_differs(column.cell, differs))
                or (entry.record is None and column.needed)
            ):
                self._read_cell(row, column, entry)
        for rule in self.sheet.rules:
            rule(row)

    def _zone_differs(self, cell: Clock, differs: set[str]) -> bool:
        return bool({cell.zone, cell.known_by} & differs)

    def _read_cell(self, row: SheetRow, column: Column, entry: Entry) -> None:
        heading = column.heading
        if not row.text(heading) and column.needed:
            if entry.record is not None or column.required:
                row.text(heading, required=True)
            return
        value = column.cell.read(row, heading)
        if heading in row.refused:
            return
        if why := column.field.check(self.sheet.model, value):
            row.refuse(heading, why)
            return
        before = row.held.get(heading, "")
        after = column.cell.written(column.field.canonical(value), entry.record) if entry.record else row.text(heading)
        if settled(as_text(after)) != before:
            entry.values[heading] = None if column.optional_translation and value == "" else value
            entry.changes.append((heading, before, row.text(heading)))

    def _refuse_new(self, row: SheetRow, entry: Entry) -> None:
        if not self.may.add:
            row.refuse(
                self.sheet.key, _("is new: you may not add records of this kind. Correct the key, or remove the row.")
            )
        if why := Plain(self.sheet.key).check(self.sheet.model, entry.key):
            row.refuse(self.sheet.key, why)
        for column in self.sheet.columns:
            if column.required and column.heading not in row.cells:
                row.refuse(column.heading, _("is not among the columns, and a new record needs it. Add the column."))

    def _refuse_changes(self, rows: Mapping[str, SheetRow]) -> None:
        """What the form would not let this officer edit, the import does not either."""
        self.sheet.prepare([one.record for one in self.found.changed])
        for entry in self.found.changed:
            row = rows[entry.key]
            if not self.may.change(entry.record):
                row.refuse(self.sheet.key, _("may not be changed by you. Remove the row."))
                continue
            fixed = {*self.may.fixed(entry.record), *self.sheet.kept(entry.record)}
            for heading, _before, _after in entry.changes:
                if heading in fixed:
                    why = _("cannot be changed here: the record's form keeps it too, and offers an act for it. Leave it as"
                            " it is: %(held)s")  # fmt: skip
                    row.refuse(heading, why % {"held": row.held.get(heading, "") or _("(empty)")})

    def _refuse_circles(self, rows: Mapping[str, SheetRow]) -> None:
        """A record that stands above itself in a tree of its own kind."""
        for column in self.columns:
            if not isinstance(column.field, Link) or column.field.to != self.sheet.loader.records:
                continue
            changed = [one for one in (*self.found.new, *self.found.changed) if one.values.get(column.heading)]
            above = self._above(column.heading) if changed else {}
            above |= {key: row.effective(column.heading) for key, row in rows.items()}
            for entry in changed:
                key, seen = above.get(entry.key), set[str]()
                while key and key != entry.key and key not in seen:
                    seen.add(key)
                    key = above.get(key)
                if key == entry.key:
                    rows[entry.key].refuse(column.heading, _("leads back to this record itself. Choose another one."))

    def _above(self, name: str) -> dict[str, str]:
        key = self.sheet.key
        return dict(self.sheet.model._base_manager.exclude(**{name: None}).values_list(key, f"{name}__{key}"))

    def _tell(self) -> None:
        for one in self.problems:
            value = self.raw.get(one.line, {}).get(one.column, "").replace(FORMULA, "")[:SHOWN]
            self.found.problems.append(Wrong(one.line, one.column, value, one.why))


def _names(sheet: Sheet) -> set[str]:
    return {one.name for one in sheet.model._meta.get_fields()}
