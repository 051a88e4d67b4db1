"""What a sheet is: columns made from the fields of a loader and of the model, the same for every way in and out."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import NotRegistered, translator

from records.formats.vocabulary import Designation, Language, validate_zone

from .cells import Cell, Clock, Code, Codes, Day, Lines, Many, Number, One, Text, Words, Year, Years, YesNo
from .fields import Children, Field, Link, Links, Plain
from .nested import Nested
from .registry import Loader, loaders
from .sheet_rows import SheetRow

Rule = Callable[[SheetRow], None]
CHECKED: Final[dict[str, Any]] = {"languages": Language.choices, "other_designations": Designation.choices}
LANGUAGES: Final = [code.replace("-", "_") for code, _own_name in settings.LANGUAGES]
WHOLE: Final = _("A whole number: digits only")
ZONE: Final = _("Names of time zones of the IANA, separated by semicolons where there are several")
ANY_TEXT: Final = _("Any text")


@dataclass(frozen=True)
class Column:
    """One column: its heading, the field it is of, how its cells are written. `required`: not empty in a new record."""

    heading: str
    field: Field
    cell: Cell
    label: Words
    help: Words = ""
    required: bool = False
    needed: bool = False  # not empty in any record; a new one without it takes what is usual
    optional_translation: bool = False


@dataclass(eq=False)
class Sheet:
    """`source` names the loader whose model, key and fields these are. `names` are the columns in their order: a text that
    exists in several languages is named once. `nested` are rows of the record written in one cell, `clocks` its moments.

    `left_out` says of what the form edits beside it why it is no column. `rules` look at a whole row and refuse what does
    not fit together. `kept` names what the import does not change in a record though the form may. `prepare` is told all records that would change, before anybody asks what their forms let edit;
    `settle` is told a record and the names that change before it is written, and names what it has changed besides.
    """

    source: str
    names: tuple[str, ...]
    nested: Mapping[str, Children] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    codes: Mapping[str, Callable[[], Sequence[str]]] = field(default_factory=dict)
    left_out: Mapping[str, Words] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    kept: Callable[[Any], Collection[str]] = lambda record: ()
    prepare: Callable[[Sequence[Any]], None] = lambda records: None
    settle: Callable[[Any, set[str]], Iterable[str]] = lambda record, names: ()

    @cached_property
    def loader(self) -> Loader:
        return next(one for one in loaders() if one.source == self.source)

    @property
    def model(self) -> type[models.Model]:
        return self.loader.model

    @property
    def key(self) -> str:
        return self.loader.key

    @property
    def title(self) -> str:
        """The name of the sheet in a workbook, the same in every language."""
        return self.source[:31]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All but the key: English first, the other languages of its texts at the end."""
        columns: list[Column] = []
        for name in self.names:
            columns.append(self._column(f"{name}_{LANGUAGES[0]}" if name in self._texts else name))
        others = [f"{name}_{code}" for code in LANGUAGES[1:] for name in self.names if name in self._texts]
        return tuple(columns + [self._column(name) for name in others])

    @cached_property
    def headings(self) -> tuple[str, ...]:
        return (self.key, *(column.heading for column in self.columns))

    @cached_property
    def _texts(self) -> set[str]:
        try:
            return set(translator.get_options_for_model(self.model).all_fields)
        except NotRegistered:
            return set()

    def _column(self, name: str) -> Column:
        known: dict[str, Field] = {one.name: one for one in self.loader.fields}
        nested = self.nested.get(name) or known.get(name)
        if isinstance(nested, Children):
            called = nested.model._meta.verbose_name_plural or name
            return Column(name, nested, self._nested_cell(nested), called)
        column: Any = self.model._meta.get_field(name)
        original = getattr(column, "translated_field", column)
        source = self._source_of(column) if column.is_relation else ""
        kept = known.get(name) or (
            Plain(name) if not source else Links(name, source) if column.many_to_many else Link(name, source)
        )
        needed = not original.blank and (column is original or name.endswith(f"_{LANGUAGES[0]}"))
        return Column(
            heading=name, field=kept, cell=self._cell(name, column, source), label=original.verbose_name, help=original.help_text,
            required=needed and not original.has_default() and not isinstance(column, models.BooleanField),
            needed=needed, optional_translation=column is not original and column.null,
        )  # fmt: skip

    def _source_of(self, column: Any) -> str:
        return next(one.records for one in loaders() if one.model is column.related_model)

    def _nested_cell(self, rows: Children) -> Nested:
        parts: dict[str, Cell] = {}
        for name in rows.columns:
            parts[name] = self._cell(name, rows.model._meta.get_field(name), rows.links.get(name, ""))
        shown: list[Any] = [rows.model._meta.get_field(name) for name in rows.columns]
        needed = tuple(one.name for one in shown if not one.blank and not one.has_default())
        start = {one.name: one.get_default() for one in shown if not one.is_relation and one.has_default()}
        example = " | ".join(
            f"{name}: {cell.example or next(iter(filter(None, cell.values)), '…')}" for name, cell in parts.items()
        )
        return Nested(parts=parts, needed=needed, start=start, example=example)

    def _cell(self, name: str, column: Any, source: str) -> Cell:
        if name in self.clocks:
            return self.clocks[name]
        if source:
            return (Many if column.many_to_many else One)(kind=source, example="address-of-the-record")
        return cell_of(column, self.codes.get(name))


def cell_of(column: Any, codes: Callable[[], Sequence[str]] | None = None) -> Cell:
    """The cell that fits a column of a model."""
    if isinstance(column, ArrayField):
        return _array(column, codes)
    if column.choices:
        values = {str(code): label for code, label in column.flatchoices}
        return Code(values=values, example=next(iter(filter(None, values))))
    if isinstance(column, models.BooleanField):
        return YesNo()
    if isinstance(column, models.DateField):
        return Day()
    if isinstance(column, models.DecimalField):
        return Number(places=column.decimal_places)
    if isinstance(column, models.IntegerField):
        return Year() if column.name.endswith("year") else Number(example="120", form=WHOLE)
    if validate_zone in column.validators:
        return Text(example="Asia/Ulaanbaatar", form=ZONE)
    return Text(example="https://example.org/" if isinstance(column, models.URLField) else str(ANY_TEXT))


def _array(column: Any, codes: Callable[[], Sequence[str]] | None) -> Cell:
    base = column.base_field
    if isinstance(base, models.IntegerField):
        return Years()
    if known := CHECKED.get(column.name):
        return Codes(values=dict(known), example=str(known[0][0]))
    if codes:
        return Codes(values=dict.fromkeys(codes(), ""), example="MN; RU")
    if validate_zone in base.validators:
        return Codes(form=ZONE, example="Asia/Hovd; Asia/Ulaanbaatar")
    return Lines(example=str(ANY_TEXT))


_sheets: dict[str, Sheet] = {}


def register(sheet: Sheet) -> Sheet:
    _sheets[sheet.source] = sheet
    return sheet


def sheets() -> list[Sheet]:
    return list(_sheets.values())


def sheet_for(model: type[models.Model]) -> Sheet | None:
    """The sheet of a kind of record; None where there is none."""
    return next((sheet for sheet in _sheets.values() if sheet.model is model), None)
