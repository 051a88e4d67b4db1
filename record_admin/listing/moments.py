"""Cells with a moment or a day: a moment always says on whose clocks it is told."""

import datetime as dt
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records.formats.date_formatting import instant_iso, short_day, short_moment, short_zone
from records.formats.vocabulary import zone_names

Cell = Callable[[Any], SafeString | str]
UTC = "UTC"


def zone_of_reader(request: HttpRequest) -> str:
    """The zone of whoever reads, from their profile; UTC, which is named too, where none is known."""
    person = getattr(request.user, "person", None)
    zone = getattr(person, "time_zone", "")
    return zone if zone in zone_names() else UTC


def moment_cell(moment: dt.datetime, zone: str) -> SafeString:
    """25 Nov 2026, 18:05 Beijing (UTC+8)."""
    return format_html(
        '<time datetime="{}">{}</time> <span class="sub">{}</span>',
        instant_iso(moment, zone), short_moment(moment, zone), short_zone(moment, zone),
    )  # fmt: skip


class Moments:
    """The columns of one list that hold moments and days. `zone_column` leads from a row to the zone of its place, if it has
    one: “timezone”, “event.timezone”; the other lists are on the clocks of the reader."""

    def __init__(self, model: type[models.Model], zone_column: str, request: HttpRequest) -> None:
        self.model = model
        self._zone = attrgetter(zone_column) if zone_column else None
        self._request = request
        self._readers: str | None = None

    def zone_of(self, row: object) -> str:
        if self._zone is not None:
            zone = self._zone(row)
            return str(zone) if zone in zone_names() else UTC
        return self.reader()

    def reader(self) -> str:
        """Asked once, and only by lists that tell a time."""
        if self._readers is None:
            self._readers = zone_of_reader(self._request)
        return self._readers

    def column(self, name: object) -> object:
        """What a list shows in place of a column: the cell with its zone, or the column itself."""
        try:
            field = self.model._meta.get_field(name) if isinstance(name, str) else None
        except FieldDoesNotExist:
            return name
        if isinstance(field, models.DateTimeField):
            return _named(field, self._moment(field.name))
        if isinstance(field, models.DateField):
            return _named(field, self._day(field.name))
        return name

    def _moment(self, name: str) -> Cell:
        def cell(row: Any) -> SafeString | str:
            moment = getattr(row, name)
            return moment_cell(moment, self.zone_of(row)) if moment else "–"

        return cell

    def _day(self, name: str) -> Cell:
        def cell(row: Any) -> SafeString | str:
            day = getattr(row, name)
            return short_day(day) if day else "–"

        return cell


def name_of(column: Any) -> str:
    """A column by its name, also where its cell was put in the place of the field."""
    return column if isinstance(column, str) else str(column.__name__)


def _named(field: models.Field, cell: Cell) -> Cell:
    """Under the heading of its column, and sorted by it."""
    cell.__name__ = field.name
    return admin.display(description=str(field.verbose_name), ordering=field.name)(cell)
