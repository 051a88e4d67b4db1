"""What happens in the coming days: events and trainings that begin, windows that close, reviews that are due."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.dateformat import format as shaped
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from activities.models import Activity
from designated_sites.models import DesignatedSite
from designated_sites.models.review_clock import PARIS_ZONE, begin, today_in_paris
from events.models import Event
from history.versions import Version
from record_admin.workspace.parts import home_of
from records.cached import WEEK, cached
from records.formats.date_formatting import city, clock
from records.formats.partial_dates import Precision
from trainings.models import Training

from .lines import Reader, Words
from .record_quality import SITES

DAYS: Final = 30
MOST: Final = 20
LATER: Final = 4
AHEAD: Final = 400  # days for which the dates of reviews are worked out at once


@dataclass(frozen=True)
class Coming:
    """One thing that happens, on the clocks of its place. `by_day`: no more than the day is known, or meant."""

    at: dt.datetime
    zone: str
    words: Words
    address: str
    detail: Words = ""
    by_day: bool = False

    @property
    def day(self) -> str:
        """Wed 2 Dec, with the year where it is another."""
        local = self.at.astimezone(ZoneInfo(self.zone))
        if local.year == dt.datetime.now(local.tzinfo).year:
            return shaped(local, pgettext("shape of a day of this year, short", "D j M"))
        return shaped(local, pgettext("shape of a day, short", "j M Y"))

    @property
    def hour(self) -> str:
        """15:00 Beijing."""
        return "" if self.by_day else f"{clock(self.at, self.zone)} {city(self.zone)}"


@dataclass(frozen=True)
class Calendar:
    """The coming days, and the next few things after them."""

    soon: tuple[Coming, ...]
    later: tuple[Coming, ...]


def calendar(reader: Reader) -> Calendar:
    found = [*_beginning(reader), *_closing(reader), *_reviews(reader)]
    ordered = sorted(found, key=lambda one: (one.at, str(one.words)))
    limit = reader.now + dt.timedelta(days=DAYS)
    soon = [one for one in ordered if one.at <= limit]
    later = [one for one in ordered if one.at > limit]
    return Calendar(tuple(soon[: 2 * MOST]), tuple(later[:LATER]))


def _beginning(reader: Reader) -> Iterator[Coming]:
    for model in (Event, Training):
        if not reader.sees(model):
            continue
        shown = model.objects.filter(status__in=["draft", "announced"], starts_at__gt=reader.now).order_by(
            "starts_at", "pk"
        )
        for one in shown[:MOST]:
            state = _("Draft") if one.status == Activity.Status.DRAFT else ""
            page = home_of(one)
            yield Coming(one.starts_at, one.timezone, one.title, page, state, one.start_precision != Precision.MINUTE)


def _closing(reader: Reader) -> Iterator[Coming]:
    if reader.sees(Event):
        open_events = Event.objects.filter(status="announced", registration_closes_at__gt=reader.now)
        for event in open_events.order_by("registration_closes_at", "pk")[:MOST]:
            if closes := event.registration_closes_at:
                page = home_of(event)
                yield Coming(closes, event.timezone, _("Registration closes"), page, event.title)
    if reader.sees(Training):
        calls = Training.objects.filter(status="announced", nominations_close_at__gt=reader.now)
        for call in calls.order_by("nominations_close_at", "pk")[:MOST]:
            if closes := call.nominations_close_at:
                page = home_of(call)
                yield Coming(closes, call.deadline_zone, _("Nominations close"), page, call.title)


def _reviews(reader: Reader) -> Iterator[Coming]:
    """The days by which sites hand in their reports; of one day together."""
    for model in SITES:
        if not reader.sees(model):
            continue
        page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for label, day, names in _due_days(model, reader.now, reader.version):
            shown = ", ".join(names[:3]) + (f" + {len(names) - 3}" if len(names) > 3 else "")
            words = label if len(names) == 1 else format_lazy("{} ({})", label, len(names))
            yield Coming(begin(day), PARIS_ZONE, words, f"{page}?clock=due", shown, by_day=True)


def _due_days(model: type[DesignatedSite], now: dt.datetime, version: Version) -> list[tuple[str, dt.date, list[str]]]:
    """Worked out anew when a record has changed or a day of Paris begins."""
    today = today_in_paris(now)

    def made() -> list[tuple[str, dt.date, list[str]]]:
        found: dict[tuple[str, dt.date], list[str]] = {}
        for cycle in model.objects.order_by("name").clocks(now):
            if cycle.is_waited_for and cycle.due_on and today <= cycle.due_on <= today + dt.timedelta(days=AHEAD):
                found.setdefault((str(cycle.label), cycle.due_on), []).append(cycle.site.name)
        return [(label, day, names) for (label, day), names in sorted(found.items(), key=lambda one: one[0][1])]

    return cached("due-days", version, made, model._meta.label, today, seconds=WEEK)
