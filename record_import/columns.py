"""The columns of a sheet, made from the fields of the model, each with a cell that writes its value and reads it back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import NotRegistered, translator

from records.formats.vocabulary import Designation, Language, validate_zone

from . import cells
from .cells import Cell, Words
from .child_rows import Rows
from .clock_cells import Clock
from .fields import Field, Link, Links, Model, column_of
from .nested import Nested

Codes: TypeAlias = Callable[[], Collection[str]]
CHECKED: Final[Mapping[str, Sequence[tuple[str, Words]]]] = {
    "languages": Language.choices,
    "other_designations": Designation.choices,
}
LANGUAGES: Final = [code.replace("-", "_") for code, _own_name in settings.LANGUAGES]
WHOLE: Final = _("A whole number: digits only")
ZONE: Final = _("Names of time zones of the IANA, separated by semicolons where there are several")
ANY_TEXT: Final = _("Any text")


@dataclass(frozen=True)
class Column:
    """One column, headed by the name of its field. `required`: not empty in a new record."""

    field: Field
    cell: Cell
    label: Words
    help: Words = ""
    required: bool = False
    needed: bool = False  # not empty in any record; a new one without it takes what is usual
    optional_translation: bool = False

    @property
    def heading(self) -> str:
        return self.field.name


def columns_of(
    model: Model,
    names: Sequence[str],
    field_of: Callable[[str], Field],
    clocks: Mapping[str, Clock],
    codes: Mapping[str, Codes],
) -> tuple[Column, ...]:
    """English first, the other languages of the texts at the end."""
    texts = _texts(model)
    wanted = [f"{name}_{LANGUAGES[0]}" if name in texts else name for name in names]
    wanted += [f"{name}_{code}" for code in LANGUAGES[1:] for name in names if name in texts]
    return tuple(column_for(model, field_of(name), clocks, codes) for name in wanted)


def _texts(model: Model) -> set[str]:
    """The texts that exist in several languages."""
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()


def column_for(model: Model, field: Field, clocks: Mapping[str, Clock], codes: Mapping[str, Codes]) -> Column:
    if isinstance(field, Rows):
        return Column(field, _nested(field), field.model._meta.verbose_name_plural or field.name)
    name, column = field.name, column_of(model, field.name)
    original: models.Field = getattr(column, "translated_field", column)
    needed = not original.blank and (column is original or name.endswith(f"_{LANGUAGES[0]}"))
    return Column(
        field=field, cell=clocks.get(name) or _cell(field, column, codes.get(name)), label=original.verbose_name,
        help=original.help_text,
        required=needed and not original.has_default() and not isinstance(column, models.BooleanField),
        needed=needed, optional_translation=column is not original and column.null,
    )  # fmt: skip


def _nested(rows: Rows) -> Nested:
    columns = {name: column_of(rows.model, rows.key_of(name)) for name in rows.columns}
    parts = {
        name: _cell(Link(name, rows.links[name]) if name in rows.links else Field(name), column)
        for name, column in columns.items()
    }
    return Nested(
        parts=parts,
        needed=tuple(name for name, one in columns.items() if not one.blank and not one.has_default()),
        start={name: one.get_default() for name, one in columns.items() if not one.is_relation and one.has_default()},
        example=" | ".join(
            f"{name}: {cell.example or next(iter(filter(None, cell.values)), '…')}" for name, cell in parts.items()
        ),
    )


def _cell(field: Field, column: models.Field, codes: Codes | None = None) -> Cell:
    """The cell that fits a field of a model."""
    if isinstance(field, Link):
        return (cells.Many if isinstance(field, Links) else cells.One)(kind=field.to, example="address-of-the-record")
    if isinstance(column, ArrayField):
        return _array(column, codes)
    if column.choices:
        values = {str(code): label for code, label in column.flatchoices}
        return cells.Code(values=values, example=next(iter(filter(None, values))))
    if isinstance(column, models.BooleanField):
        return cells.YesNo()
    if isinstance(column, models.DateField):
        return cells.Day()
    if isinstance(column, models.DecimalField):
        return cells.Number(places=column.decimal_places)
    if isinstance(column, models.IntegerField):
        return cells.Year() if column.name.endswith("year") else cells.Number(example="120", form=WHOLE)
    if validate_zone in column.validators:
        return cells.Text(example="Asia/Ulaanbaatar", form=ZONE)
    return cells.Text(example="https://example.org/" if isinstance(column, models.URLField) else str(ANY_TEXT))


def _array(column: ArrayField, codes: Codes | None) -> Cell:
    base = column.base_field
    if isinstance(base, models.IntegerField):
        return cells.Years()
    if known := CHECKED.get(column.name):
        return cells.Codes(values=dict(known), example=str(known[0][0]))
    if codes:
        return cells.Codes(values=dict.fromkeys(codes(), ""), example="MN; RU")
    if validate_zone in base.validators:
        return cells.Codes(form=ZONE, example="Asia/Hovd; Asia/Ulaanbaatar")
    return cells.Lines(example=str(ANY_TEXT))
