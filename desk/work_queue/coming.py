"""What happens in the coming days: events and trainings that begin, windows that close, reviews that are due."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.urls import reverse
from django.utils.dateformat import format as shaped
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from activities.hub.names import MAILS, page_of
from activities.models import Activity
from designated_sites.models import DesignatedSite
from designated_sites.models.review_clock import PARIS_ZONE, begin, today_in_paris
from events.mails.reminders import NAMES as REMINDERS
from events.models import Event, Survey
from events.models.survey_times import closes_at
from history.versions import Version
from notifications import mail_types
from notifications.models import Mail
from record_admin.workspace.parts import home_of
from records.cached import WEEK, cached
from records.formats.date_formatting import city, clock
from records.formats.partial_dates import Precision
from trainings.models import Training

from .lines import NOTHING, Reader, Record, Words, record_of
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
    of: Record = NOTHING

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

    def only(self, records: Collection[Record]) -> "Calendar":
        """What of it is about some records."""
        return Calendar(*(tuple(one for one in some if one.of in records) for some in (self.soon, self.later)))


def calendar(reader: Reader) -> Calendar:
    found = [*_beginning(reader), *_closing(reader), *_reminders(reader), *_surveys(reader), *_reviews(reader)]
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
            yield Coming(one.starts_at, one.timezone, one.title, page, state, one.start_precision != Precision.MINUTE, record_of(Activity, one.pk))  # fmt: skip


def _closing(reader: Reader) -> Iterator[Coming]:
    if reader.sees(Event):
        open_events = Event.objects.filter(status="announced", registration_closes_at__gt=reader.now)
        for event in open_events.order_by("registration_closes_at", "pk")[:MOST]:
            if closes := event.registration_closes_at:
                page = home_of(event)
                yield Coming(
                    closes,
                    event.timezone,
                    _("Registration closes"),
                    page,
                    event.title,
                    of=record_of(Activity, event.pk),
                )
    if reader.sees(Training):
        calls = Training.objects.filter(status="announced", nominations_close_at__gt=reader.now)
        for call in calls.order_by("nominations_close_at", "pk")[:MOST]:
            if closes := call.nominations_close_at:
                page = home_of(call)
                yield Coming(
                    closes,
                    call.deadline_zone,
                    _("Nominations close"),
                    page,
                    call.title,
                    of=record_of(Activity, call.pk),
                )


def _reminders(reader: Reader) -> Iterator[Coming]:
    """Those that wait in the outbox for their hour: of one kind and event together."""
    if not (reader.sees(Event) and reader.sees(Mail)):
        return
    limit = reader.now + dt.timedelta(days=DAYS)
    waits = Mail.objects.filter(kind__in=REMINDERS, state=Mail.State.QUEUED, due__gt=reader.now, due__lte=limit)
    rows = waits.order_by("due").values_list("kind", "subject_id", "due").annotate(number=Count("pk"))[:MOST]
    events = Event.objects.in_bulk({subject for _kind, subject, _due, _number in rows})
    for kind, subject, due, number in rows:
        if event := events.get(subject):
            words = ngettext("Reminder to %(n)d person", "Reminder to %(n)d people", number) % {"n": number}
            detail = format_lazy("{}: {}", mail_types.get(kind).label, event.title)
            page = page_of(event, MAILS)
            yield Coming(due, event.timezone, words, page, detail, of=record_of(Activity, event.pk))


def _surveys(reader: Reader) -> Iterator[Coming]:
    """Last days on which answers are taken; and where a survey is written and not opened yet, the end of its event."""
    if not reader.sees(Survey):
        return
    today = reader.now.date()
    shown = Survey.objects.select_related("event").filter(last_day__gte=today - dt.timedelta(days=1))
    for survey in shown.order_by("last_day", "pk")[:MOST]:
        event, about = survey.event, record_of(Activity, survey.event_id)
        page, ends = page_of(event, "survey"), event.ends_at or event.starts_at
        if survey.opened_at is None and ends > reader.now:
            yield Coming(ends, event.timezone, _("Survey can be opened"), page, event.title, of=about)
        if closes_at(survey) > reader.now:
            yield Coming(
                closes_at(survey), event.timezone, _("Survey closes"), page, event.title, by_day=True, of=about
            )


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
