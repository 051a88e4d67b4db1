"""The fields of a filter as the page draws them, each option with its count.

A stock form of so many options takes longer to draw than all the rest of the page; here the templates get plain values.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypedDict, Unpack, cast

from django.forms import BoundField, ChoiceField, MultipleChoiceField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.listing.lists import ORDER
from records.template_context import Label

from .directories import Directory

PAIRS: Final[dict[str, tuple[str, Label]]] = {
    "year_min": ("year_max", _("Year of designation")),
    "area_min": ("area_max", _("Area in hectares")),
}
SECONDS: Final = {second for second, _legend in PAIRS.values()}
# Under the name of a pair its two fields need no more than this; chips and errors stand alone and say it in full.
IN_A_PAIR: Final[dict[str, Label]] = {
    "year_min": pgettext_lazy("a range of years", "from"),
    "year_max": pgettext_lazy("a range of years", "until"),
    "area_min": pgettext_lazy("a range of areas", "from"),
    "area_max": pgettext_lazy("a range of areas", "to"),
}
NO_CHOICE: Final[dict[str, Label]] = {"designations": _("Any number")}


@dataclass(frozen=True)
class Option:
    """One value; without a count it stands for no choice. One that finds nothing cannot be chosen, but can be undone."""

    value: str
    label: Label
    count: int | None
    chosen: bool

    @property
    def disabled(self) -> bool:
        return self.count == 0 and not self.chosen


@dataclass(frozen=True)
class Group:
    """A field, or two that belong together. `look`: words, options, choice or pair."""

    look: str
    name: str
    label: Label | None
    field: BoundField | None = None  # only of a field with errors
    text: str = ""
    options: tuple[Option, ...] = ()
    legend: Label = ""
    second: "Group | None" = None

    @property
    def short(self) -> Label:
        return IN_A_PAIR[self.name]

    @property
    def no_choice(self) -> Label:
        return NO_CHOICE.get(self.name, _("Either"))

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def errors(self) -> bool:
        return self.field is not None


def groups(directory: Directory) -> Iterator[Group]:
    """Everything but the order, which stands beside the results."""
    for name, field in directory.form.fields.items():
        if name in SECONDS or name == ORDER:
            continue
        if name in PAIRS:
            second, legend = PAIRS[name]
            yield _group(directory, name, "pair", legend=legend, second=_group(directory, second, "words"))
        elif isinstance(field, ChoiceField):
            look = "options" if isinstance(field, MultipleChoiceField) else "choice"
            if options := tuple(_options(directory, name, field)):
                yield _group(directory, name, look, options=options)
        else:
            yield _group(directory, name, "words")


class _More(TypedDict, total=False):
    """What only some fields have."""

    options: tuple[Option, ...]
    legend: Label
    second: Group


def _group(directory: Directory, name: str, look: str, **more: Unpack[_More]) -> Group:
    form = directory.form
    wrong = form[name] if name in form.errors else None
    return Group(look, name, form.fields[name].label, wrong, form.data.get(name, ""), **more)


def _options(directory: Directory, name: str, field: ChoiceField) -> Iterator[Option]:
    """A wrong query has no counts: nothing is known to be left by the other filters."""
    counts = directory.narrowed.counts(name) if directory.is_valid else None
    chosen = set(directory.form.data.getlist(name))  # type: ignore[attr-defined]
    for value, label in cast(Iterable[tuple[str, Label]], field.choices):
        count = counts.get(value, 0) if counts is not None else None
        yield Option(value, label, count, value in chosen)
