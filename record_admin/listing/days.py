"""From one day to another: the filter of a list by the moment that counts in it."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django import forms
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.formats.date_formatting import short_day, short_zone
from records.template_context import Label

from .addresses import SINCE, UNTIL, question, without
from .options import Chip

DAY = dt.timedelta(days=1)


class DaysForm(forms.Form):
    """Two days, either of which may be left open."""

    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        first, last = data.get(SINCE), data.get(UNTIL)
        if first and last and first > last:
            self.add_error(UNTIL, _("This day is before the first one."))
        return data


@dataclass(frozen=True)
class Days:
    """The days that were asked for, on the clocks of whoever reads, for one column of moments or days."""

    column: models.Field
    form: DaysForm
    zone: str

    @classmethod
    def of(cls, column: models.Field, query: QueryDict, zone: str) -> "Days":
        return cls(column, DaysForm(query, auto_id="days-%s"), zone)

    @property
    def label(self) -> Label:
        return capfirst(self.column.verbose_name)

    @property
    def zone_words(self) -> str:
        return short_zone(timezone.now(), self.zone)

    @property
    def first(self) -> dt.date | None:
        return self.form.cleaned_data.get(SINCE) if self.form.is_valid() else None

    @property
    def last(self) -> dt.date | None:
        return self.form.cleaned_data.get(UNTIL) if self.form.is_valid() else None

    @property
    def is_set(self) -> bool:
        return bool(self.first or self.last or not self.form.is_valid())

    def condition(self) -> Q | None:
        """None: nothing was asked. What cannot be read finds nothing, and the form says why."""
        if not self.form.is_valid():
            return Q(pk__in=[])
        if not (self.first or self.last):
            return None
        found = Q()
        if self.first:
            found &= Q(**{f"{self.column.name}__gte": self._start(self.first)})
        if self.last and self.last < dt.date.max:
            found &= Q(**{f"{self.column.name}__lt": self._start(self.last + DAY)})
        return found

    def _start(self, day: dt.date) -> dt.date | dt.datetime:
        if not isinstance(self.column, models.DateTimeField):
            return day
        day = max(day, dt.date(2, 1, 1))  # a day further back has no beginning on every clock
        return dt.datetime.combine(day, dt.time(), tzinfo=ZoneInfo(self.zone))

    def chip(self, query: QueryDict) -> Chip | None:
        if not self.is_set:
            return None
        first, last = (short_day(day) if day else "" for day in (self.first, self.last))
        if first and last:
            words = _("%(field)s: %(first)s to %(last)s")
        elif first or last:
            words = _("%(field)s: from %(first)s") if first else _("%(field)s: to %(last)s")
        else:
            words = _("%(field)s: not a day")
        facts = {"field": self.label, "first": first, "last": last}
        return Chip(words % facts, question(without(query, SINCE, UNTIL, "p")))
