"""A report as sheets of a workbook: first what it is, then one sheet for each table, last the cells of the whole cube."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from records.listing.exports import Sheet, Value

from .figures import SUMMARY
from .printing import WITHHELD
from .suppression import PublicTable
from .tables import Table

# Names of sheets: short, since programs cut them, and the same in every report.
SHEETS: Final = {
    "states": "Member states", "ages": "Age groups", "roles": "Roles", "sites": "Sites", "seats": "Seats",
    "activities": "Events and trainings", "state_ages": "States by age", "stages": "Applications",
}  # fmt: skip


def full_workbook(
    document: dict[str, Any], facts: Iterable[Sequence[Value]], tables: Iterable[Table]
) -> Iterator[Sheet]:
    """For the officer and the donor: every cell."""
    summary = [[str(label), document["summary"][name]] for name, label in SUMMARY]
    notes = [[_("Note"), note] for note in document["notes"]]
    yield Sheet("Report", (_("Fact"), _("Value")), [*facts, *summary, *notes])
    yield Sheet("Covered", COVERED, [[one[name] for name in COVERED] for one in document["activities"]])
    for table in tables:
        yield _sheet(table)
    yield Sheet("Cells", (*document["dimensions"], *document["stages"]), _named_cells(document))


COVERED: Final = (
    "code", "kind", "title", "starts_on", "parts", "fund_code", "result_code", "rests_on", "participations", "names_nobody_knows",
)  # fmt: skip


def public_workbook(facts: Iterable[Sequence[Value]], tables: Iterable[PublicTable]) -> Iterator[Sheet]:
    """Without small cells, and without whatever would tell them."""
    yield Sheet("Report", (_("Fact"), _("Value")), facts)
    for table in tables:
        columns = (table.heading, *(label for _code, label in table.columns), _("Total"))
        lines = [[row.label, *map(_shown, row.counts), row.total] for row in table.rows]
        foot: list[Value] = [_("Total"), *map(_shown, table.foot.counts), table.foot.total]
        yield Sheet(SHEETS[table.code], columns, [*lines, foot])


def _sheet(table: Table) -> Sheet:
    adds_up = table.foot.total is not None
    columns = (table.heading, *(label for _code, label in table.columns))
    columns += (_("Total"), _("Different people")) if adds_up else ()
    lines: list[list[Value]] = [
        [row.label or _("Total"), *row.counts, *((row.total, row.people) if adds_up else ())]
        for row in (*table.rows, table.foot)
    ]
    return Sheet(SHEETS[table.code], columns, lines)


def _named_cells(document: dict[str, Any]) -> Iterator[list[Value]]:
    """Codes of sites are numbers of ours: their names stand instead."""
    dimensions = document["dimensions"]
    for cell in document["cells"]:
        named = [
            document["labels"]["site"].get(code, code) if name == "site" else code or "not_stated"
            for name, code in zip(dimensions, cell, strict=False)
        ]
        yield [*named, *cell[len(dimensions) :]]


def _shown(count: int | None) -> Value:
    return str(WITHHELD) if count is None else count
