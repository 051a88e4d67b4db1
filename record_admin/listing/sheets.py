"""The table of a list as a file: its filter, its order, its columns."""

import datetime as dt
from collections.abc import Callable, Iterator
from copy import copy
from decimal import Decimal
from html import unescape
from typing import Any, Final

from django.contrib.admin.templatetags.admin_list import items_for_result
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponseBase
from django.utils.html import strip_tags
from django.utils.text import capfirst, slugify

from records.listing.exports import Download, Feature, Value, csv_response, xlsx_response

from .moments import name_of
from .record_list import RecordList

WRITERS: Final = {"csv": csv_response, "xlsx": xlsx_response}
NUMBERS: Final = (int, float, Decimal)


def with_shown_columns(shown: RecordList) -> RecordList:
    """The list as Django draws the cells of, without the columns that are not wanted."""
    narrower = copy(shown)
    names = {name_of(column): column for column in shown.list_display}
    narrower.list_display = [names[name] for name in shown.shown_names]
    return narrower


def as_file(
    shown: RecordList, ending: str, counted: Callable[[Iterator[Any]], Iterator[Any]] = iter
) -> HttpResponseBase:
    """All rows that match, not those of the page alone. `counted` hands on the rows, and may count them."""
    columns = tuple(_headings(shown))
    lines = counted(_rows(with_shown_columns(shown)))
    rows = (Feature("", "", dict(zip(columns, cells, strict=True))) for cells in lines)
    stem = slugify(str(shown.opts.verbose_name_plural)) or shown.opts.model_name or "list"
    return WRITERS[ending](Download(stem, str(capfirst(shown.opts.verbose_name_plural)), columns, rows))


def _headings(shown: RecordList) -> Iterator[str]:
    """Each once: two columns of the same name would be one."""
    used: dict[str, int] = {}
    for name in shown.shown_names:
        heading = capfirst(str(label_for_field(name, shown.model, shown.model_admin)))
        used[heading] = used.get(heading, 0) + 1
        yield heading if used[heading] == 1 else f"{heading} {used[heading]}"


def _rows(shown: RecordList) -> Iterator[list[Value]]:
    for row in shown.queryset:
        cells = [str(cell) for cell in items_for_result(shown, row, None)]
        yield [_value(shown, column, row, cell) for column, cell in zip(shown.list_display, cells, strict=True)]


def _value(shown: RecordList, column: Any, row: Any, cell: str) -> Value:
    """A number stays a number; all else is what one reads in the cell."""
    try:
        field, _attribute, value = lookup_field(column, row, shown.model_admin)
    except ObjectDoesNotExist:
        return None
    if isinstance(value, NUMBERS) and not isinstance(value, bool) and not getattr(field, "choices", None):
        return float(value) if isinstance(value, Decimal) else value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.date | dt.time) and field is None:
        return str(value)
    return " ".join(unescape(strip_tags(cell.replace("<br>", " "))).split())
