"""Tables and facts of a report as they are printed, with what is hidden said in a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person

from ..models import DonorReport
from .suppression import PublicTable
from .tables import Table

WITHHELD: Final = gettext_lazy("withheld")
OFFICE: Final = ZoneInfo("Asia/Shanghai")  # the clocks of the secretariat


@dataclass(frozen=True)
class PrintedRow:
    label: str
    cells: tuple[int | None, ...]  # None: withheld


@dataclass(frozen=True)
class PrintedTable:
    """`columns` without the names of the rows, over which `heading` stands; the last row holds the totals."""

    code: str
    title: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    foot: PrintedRow
    hides: bool = False


def printed(table: Table | PublicTable) -> PrintedTable:
    columns = tuple(label for _code, label in table.columns)
    if isinstance(table, PublicTable):
        rows = tuple(PrintedRow(row.label, (*row.counts, row.total)) for row in table.rows)
        foot = PrintedRow(_("Total"), (*table.foot.counts, table.foot.total))
        return PrintedTable(table.code, table.title, table.heading, (*columns, _("Total")), rows, foot, table.hides)
    more = (_("Total"), _("Different people")) if table.foot.total is not None else ()
    rows = tuple(PrintedRow(row.label, (*row.counts, *_sums(row.total, row.people))) for row in table.rows)
    foot = PrintedRow(_("Total"), (*table.foot.counts, *_sums(table.foot.total, table.foot.people)))
    return PrintedTable(table.code, table.title, table.heading, (*columns, *more), rows, foot)


def _sums(total: int | None, people: int | None) -> tuple[int, ...]:
    return tuple(number for number in (total, people) if number is not None)


def facts_of(report: DonorReport, *, public: bool) -> list[Sequence[str]]:
    """What a report is and where it comes from. The public is not told who froze it, nor the note."""
    document = report.figures
    at = report.frozen_at
    facts: list[Sequence[str]] = [(_("Report"), document["title"]), *document["covers"]]
    facts.append((_("Frozen"), f"{at.astimezone(OFFICE):%Y-%m-%d %H:%M} ({OFFICE.key}), {at:%Y-%m-%d %H:%M} UTC"))
    if not public:
        name = Person.objects.filter(user=document["frozen_by_id"]).values_list("name", flat=True).first()
        facts.append((_("Frozen by"), name or _("an account that no longer exists")))
    facts.append((_("Checksum of all figures (SHA-256)"), report.checksum))
    if document["replaces"]:
        facts.append((_("Corrects the report with the checksum"), document["replaces"]))
    if document["note"] and not public:
        facts.append((_("Note"), document["note"]))
    if public:
        facts.append(
            (_("Public version"), _("Counts below five are withheld, and others by which they could be worked out."))
        )
    return facts
