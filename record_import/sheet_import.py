"""Importing an uploaded sheet, once it was compared: all of its rows, or none and why the database refuses them."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from .differences import Difference
from .registry import Records
from .rows import Problem
from .sheet_comparison import SheetDifference
from .writing import Refusal
from .writing import rehearse as rehearsed
from .writing import write as written


def write(found: SheetDifference) -> list[Problem]:
    """All rows, or none and what the database has against them. Within a transaction."""
    return _told_refusals(found, written([found], found.keys))


def without(found: SheetDifference, lines: Collection[int]) -> SheetDifference:
    """The same import without some rows of the sheet, and without what is wrong with them."""
    if not lines:
        return found
    sound = SheetDifference(found.records, found.fields, found.rows - len(lines), keys=found.keys, named=found.named)
    sound.new, sound.changed = (
        [one for one in entries if one.row.line not in lines] for entries in (found.new, found.changed)
    )
    return sound


def rehearse(found: SheetDifference) -> list[Problem]:
    """What the database has against the rows; those that are refused already are left aside. Nothing is kept."""
    refused = {one.line for one in found.problems}
    sound = Difference(found.records, found.fields)
    sound.new, sound.changed = (
        [one for one in entries if one.row.line not in refused] for entries in (found.new, found.changed)
    )
    outcomes = rehearsed(sound, found.keys)
    return _told_refusals(found, [one for one in outcomes if one[1] or not refused])


def _told_refusals(found: SheetDifference, refused: Iterable[Refusal]) -> list[Problem]:
    return [
        Problem("", entry.row.line, found.records.key, _words(found.records, error), entry.key)
        if entry
        else Problem("", 0, "", _("The database refuses these rows together. Import them in several files."))
        for _found, entry, error in refused
    ]


def _words(records: Records, error: Exception) -> str:
    """What the broken rule says of itself, else what the database says."""
    broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    tables = [records.model, *records.model._meta.all_parents, *(one.model for one in records.rows)]
    for rule in (rule for model in tables for rule in model._meta.constraints):
        own_words = rule.violation_error_message != rule.default_violation_error_message
        if rule.name == broken and own_words:
            return str(rule.violation_error_message)
    return _("The database refuses the row: %(why)s") % {"why": str(error).splitlines()[0]}
