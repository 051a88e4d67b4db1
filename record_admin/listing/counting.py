"""Counts of a list that do not grow with it: beyond a number it is enough to know that there are more."""

from collections.abc import Mapping
from typing import Final

from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet, Subquery
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

MOST: Final = 1000  # rows that are counted one by one


class _Counted(Subquery):
    """How many rows a query has; the query says itself where to stop."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = models.IntegerField()


def counted(model: type[models.Model], found: Mapping[str, tuple[QuerySet, int]]) -> dict[str, int]:
    """How many rows each query has, up to a number and one more. One query for all."""
    ends = {name: _Counted(rows.order_by().values("pk")[: most + 1]) for name, (rows, most) in found.items()}
    for row in model._base_manager.order_by().values_list(*ends.values())[:1]:
        return {name: number or 0 for name, number in zip(ends, row, strict=True)}  # NULL: nothing can be found
    return dict.fromkeys(ends, 0)  # a table without a row


def in_words(number: int, most: int = MOST) -> str:
    """57, or “more than 1,000”."""
    if number <= most:
        return number_format(number, force_grouping=True)
    return _("more than %(count)s") % {"count": number_format(most, force_grouping=True)}


class KnownPaginator(Paginator):
    """Pages of a list of which the number of rows is known already, as far as it has been counted."""

    known = 0

    @cached_property
    def count(self) -> int:
        return self.known
