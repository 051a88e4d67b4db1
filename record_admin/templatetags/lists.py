"""The table of a list: heads, rows and pages as the templates of the admin draw them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_list import items_for_result, result_headers
from django.core.paginator import Paginator
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from record_admin.listing.moments import moment_cell, name_of
from record_admin.listing.record_list import CHECKBOX, RecordList
from record_admin.listing.sheets import with_shown_columns

register = template.Library()


@dataclass(frozen=True)
class Row:
    """One row: the record, its name for the box that chooses it, and its cells."""

    record: models.Model
    name: str
    cells: list[SafeString]


@register.filter
def moment(instant: dt.datetime, zone: str) -> SafeString:
    """As lists tell it: 25 Nov 2026, 18:05 Beijing (UTC+8)."""
    return moment_cell(instant, zone)


@register.simple_tag
def heads(shown: RecordList) -> list[dict[str, Any]]:
    """Those of the columns that are shown. The order stands in the address by the place among all columns."""
    found: Any = zip(shown.list_display, result_headers(shown), strict=True)
    return [head for column, head in found if name_of(column) in shown.shown_names]


@register.simple_tag
def rows(shown: RecordList) -> Iterator[Row]:
    """Each cell knows the name of its column, which stands before it where a row is folded."""
    labels = [capfirst(str(head["text"])) for head in heads(shown)]
    narrower = with_shown_columns(shown)
    for record in shown.result_list:
        cells = items_for_result(narrower, record, None)
        yield Row(record, str(record), [_labelled(cell, label) for cell, label in zip(cells, labels, strict=True)])


def _labelled(cell: SafeString, label: str) -> SafeString:
    """A cell of Django's: with the name of its column, and with words in place of True and False."""
    tag, rest = cell[:3], str(cell[3:])
    for value, words in (("True", _("Yes")), ("False", _("No")), ("None", _("Unknown"))):
        rest = rest.replace(f'.svg" alt="{value}">', f'.svg" alt="{words}">')
    return format_html('{} data-label="{}"{}', mark_safe(tag), label, mark_safe(rest))


@register.simple_tag
def column_choices(shown: RecordList) -> list[tuple[str, str, bool, bool]]:
    """Each column that can be chosen: name, words, whether it is shown, whether it must be."""
    words = {
        name_of(column): str(head["text"])
        for column, head in zip(shown.list_display, result_headers(shown), strict=True)
    }
    return [
        (name, str(capfirst(words[name])), name in shown.shown_names, number == 0)
        for number, name in enumerate(shown.offered)
        if name != CHECKBOX
    ]


@register.simple_tag
def page_links(shown: RecordList) -> list[tuple[object, str, bool]]:
    """Numbers of pages with their addresses; an empty address stands for those left out."""
    if not shown.multi_page or (shown.show_all and shown.can_show_all):
        return []
    return [
        (
            number,
            "" if number == Paginator.ELLIPSIS else shown.get_query_string({"p": number}),
            number == shown.page_num,
        )
        for number in shown.paginator.get_elided_page_range(shown.page_num, on_each_side=2, on_ends=1)
    ]
