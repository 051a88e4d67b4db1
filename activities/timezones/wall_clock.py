"""Moments typed as the clock on the wall shows them at the place, kept as instants.

A clock that is put forward skips an hour, one that is put back shows an hour twice: the first is refused, in the second
the earlier one is meant, unless the record holds the later one already.
"""

import datetime as dt
from typing import Any, ClassVar, Unpack
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record_admin.forms import RecordForm, RecordFormSet
from records.formats.partial_dates import Precision
from records.formats.vocabulary import zone_names
from records.template_context import Cleaned, Files, Keywords, Posted, RecordFormOptions


class ClockWidget(forms.SplitDateTimeWidget):
    """Day and time in the browser's own controls."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        day: dict[str, Any] = {"type": "date", "aria-label": gettext_lazy("date")}
        time: dict[str, Any] = {"type": "time", "aria-label": gettext_lazy("time")}
        super().__init__(attrs, date_format="%Y-%m-%d", time_format="%H:%M", date_attrs=day, time_attrs=time)


class WallClockField(forms.SplitDateTimeField):
    """Day and time without a zone; without a time the day begins."""

    widget = ClockWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(require_all_fields=False, **kwargs)
        day, time = self.fields
        day.required, time.required = self.required, False
        day.error_messages["incomplete"] = gettext_lazy("Enter a date.")

    def compress(self, data_list: Any) -> dt.datetime | None:
        if not data_list or not any(data_list):
            return None
        day, time = data_list
        if day is None:
            raise ValidationError(_("Enter a date as well as a time."), code="incomplete")
        if not 1900 <= day.year <= 2200:
            raise ValidationError(_("Enter a year from 1900 to 2200."), code="invalid")
        return dt.datetime.combine(day, time or dt.time())


def zone_named(name: str) -> ZoneInfo:
    """The zone; UTC while a form holds a name that is none."""
    return ZoneInfo(name if name in zone_names() else "UTC")


def on_the_wall(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """What the clock shows at an instant, to the minute."""
    return moment.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0, fold=0)


def as_known(moment: dt.datetime, precision: str) -> dt.datetime:
    """The first minute of what is known: of the year, the month or the day."""
    moment = moment if precision == Precision.MINUTE else moment.replace(hour=0, minute=0)
    if precision in (Precision.MONTH, Precision.YEAR):
        moment = moment.replace(day=1)
    return moment.replace(month=1) if precision == Precision.YEAR else moment


def instant(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The instant at which the clock shows a moment. ValidationError when it never does."""
    meant = moment.replace(tzinfo=zone)
    if on_the_wall(meant.astimezone(dt.UTC), zone) != moment:
        raise ValidationError(
            _("There is no %(time)s on that day in %(zone)s: clocks are put forward.")
            % {"time": f"{moment:%H:%M}", "zone": zone.key},
            code="skipped",
        )
    return meant.astimezone(dt.UTC)


class WallClockForm(RecordForm):
    """A form with moments. `clocks` gives the field that names the zone of each, `known_by` the one that says how
    much of it is known."""

    clocks: ClassVar[dict[str, str]] = {}
    known_by: ClassVar[dict[str, str]] = {}

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.moments_before = {name: getattr(self.instance, name) for name in self.clocks if name in self.fields}
        for name, moment in self.moments_before.items():
            if moment:
                self.initial[name] = on_the_wall(moment, zone_named(self.zone_before(name)))

    def zone_before(self, name: str) -> str:
        """The zone in which a moment is shown."""
        return str(getattr(self.instance, self.clocks[name]))

    def zone_after(self, name: str) -> str:
        """The zone in which a moment is meant."""
        return str(self.cleaned_data.get(self.clocks[name]) or self.zone_before(name))

    def clean(self) -> Cleaned:
        data = super().clean()
        for name, before in self.moments_before.items():
            if not data.get(name):
                continue
            zone = zone_named(self.zone_after(name))
            precision = data.get(self.known_by.get(name, "")) or Precision.MINUTE
            moment = as_known(data[name].replace(second=0), precision)
            if before and on_the_wall(before, zone) == moment:
                data[name] = before
                continue
            try:
                known_to_the_minute = precision == Precision.MINUTE
                data[name] = instant(moment, zone) if known_to_the_minute else moment.replace(tzinfo=zone)
            except ValidationError as error:
                self.add_error(name, error)
        return data


class WallClockRow(WallClockForm):
    """A row whose moments are meant in the zone of the record it belongs to."""

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, whole: Any, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        self.whole = whole
        super().__init__(data, files, **kwargs)

    def zone_before(self, name: str) -> str:
        return str(getattr(self.whole, self.clocks[name]) or self.whole.timezone)

    def zone_after(self, name: str) -> str:
        return self.zone_before(name)


class WallClockRows(RecordFormSet):
    """Rows that know the zone of their record."""

    def get_form_kwargs(self, index: int | None) -> Keywords:
        return {**super().get_form_kwargs(index), "whole": self.instance}


def clock_field(field: forms.Field, help_text: object) -> WallClockField:
    """The field of a form for a moment, in place of the one the admin would take."""
    return WallClockField(label=field.label, required=field.required, help_text=help_text)
