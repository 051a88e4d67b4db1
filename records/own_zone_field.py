"""The time somebody lives by, asked in words: what the clocks of the network's zones show now, then any place by its name.

Where somebody names a member state and no time, theirs is that of the state; of a state with several they are asked. UTC is
nobody's time: it stands for a person of whom nobody knows.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .formats.date_formatting import city
from .formats.time_zones import found_zones, network_times, time_words, times_of
from .formats.vocabulary import UNSET, zone_names

PLACE: Final = "_place"
MOST_FOUND: Final = 30


class OwnZoneSelect(forms.Select):
    """A short select, and behind a fold a place to search for, which a second look at the form answers."""

    found: Sequence[str] = ()
    found_label = ""
    typed = ""

    def render(self, name: str, value: object, attrs: Any = None, renderer: object = None) -> SafeString:
        now, given = timezone.now(), self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen, typed = (str(value or ""), "") if value in zone_names() else ("", str(value or ""))
        network = network_times(now)
        shown = {zone for zone, _words in network} | set(self.found)
        own = [(chosen, time_words(chosen, now))] if chosen not in ("", UNSET, *shown) else []
        groups: list[tuple[str, list[tuple[str, str]]]] = [
            (self.found_label, [(zone, time_words(zone, now)) for zone in self.found]),
            ("", [*([] if self.found else [("", _("The usual time of the member state"))]), *own]),
            (_("Times of the network"), network),
        ]
        place = {
            "name": name + PLACE, "id": f"{given.get('id', name)}{PLACE}", "value": typed, "maxlength": 80,
            "autocomplete": "off",
        }  # fmt: skip
        return format_html(
            '<select{}>{}</select><details class="fold small"{}><summary>{}</summary><label for="{}">{}</label><input{}></details>',
            flatatt(given), format_html_join("", "{}", ((_drawn(label, lines, chosen),) for label, lines in groups if lines)),
            SafeString(" open" if typed and not self.found else ""), _("Another place"), place["id"],
            _("A city or zone, such as Irkutsk or Europe/Berlin"), flatatt(place),
        )  # fmt: skip

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """A place that was typed goes before the select, which always says something."""
        return str(data.get(name + PLACE) or "").strip() or data.get(name)

    def use_required_attribute(self, initial: object) -> bool:
        return False


def _drawn(label: str, lines: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    options = format_html_join(
        "", '<option value="{}"{}>{}</option>',
        ((zone, SafeString(" selected" if zone == chosen else ""), words) for zone, words in lines),
    )  # fmt: skip
    return format_html('<optgroup label="{}">{}</optgroup>', label, options) if label else options


class OwnZoneField(forms.CharField):
    """Gives an IANA name; nothing for somebody who leaves it to their member state (see `settle`)."""

    widget = OwnZoneSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 80, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return "" if value == UNSET else value

    def clean(self, value: Any) -> str:
        typed = str(self.to_python(value) or "")
        if typed in ("", UNSET):
            return ""
        if typed in zone_names():
            return typed
        found = found_zones(typed)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("No place of this name is known. Try a larger city in the same country."), code="invalid_choice"
            )
        self.offer(found[:MOST_FOUND], _("Found: %(words)s") % {"words": typed})
        raise ValidationError(_("Several places begin so: choose one of those found."), code="several")

    def offer(self, zones: Sequence[str], label: str) -> None:
        """Puts some zones before all others."""
        widget: Any = self.widget
        widget.found, widget.found_label = zones, label

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial or "") != self.prepare_value(data or ""))


def usual_zone(zones: Iterable[str]) -> str:
    """The one time of a state; nothing where it has several."""
    times = times_of(zones, timezone.now())
    return times[0] if len(times) == 1 else ""


def settle(form: forms.BaseForm, zones: Sequence[str], state: str, name: str = "time_zone") -> None:
    """Called by `clean` of a form, with the zones of the member state that was named: the zone is known, or asked for."""
    if form.has_error(name) or form.cleaned_data.get(name):
        return
    # Of a state whose times nobody has recorded it stays open: the first page of one's own asks again.
    form.cleaned_data[name] = UNSET if state and not zones else usual_zone(zones)
    if form.cleaned_data[name]:
        return
    field, times = form.fields[name], times_of(zones, timezone.now())
    if isinstance(field, OwnZoneField) and times:
        now = timezone.now()
        every = sorted(
            zones, key=lambda zone: (now.astimezone(ZoneInfo(zone)).utcoffset() or dt.timedelta(), city(zone))
        )
        field.offer(every, state)
        form.add_error(name, _("Clocks do not show the same time everywhere in this member state. Choose yours."))
    else:
        form.add_error(name, _("Choose the time you live by."))
