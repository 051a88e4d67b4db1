"""Events and their series: out of the data file, and as sheets."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activities.data_files import (
    LOADED,
    Span,
    facts_of_activity,
    participating,
    rows_of_activity,
    series_rows,
    series_slug,
)
from activities.models import Postponement
from activities.models.activity import TIMES
from activities.sheet_columns import CLOCKS, CODES, CONTEXT, LEFT_OUT, PEOPLE, WHEN
from record_import.book import Book
from record_import.child_rows import Rows
from record_import.clock_cells import Clock
from record_import.fields import Facts
from record_import.registry import DataFile, Records, register
from record_import.rows import Row, SheetRow

from .models import Event, Registration, Series

CANCELLED: Final = Event.Status.CANCELLED


def _event(row: Row, book: Book) -> Facts:
    series = row.text("series")
    facts = facts_of_activity(row, book) | participating(row) | {
        "series": series_slug(series) if series else "",
        "outcomes_en": "\n".join(row.listed("outcomes")),
        "documents": _documents(row, book),
    }  # fmt: skip
    if row.has("postponed_from"):
        facts["postponements"] = _postponements(row)
    return facts


def _documents(row: Row, book: Book) -> list[str]:
    return [
        one.text("slug") for one in book.tables["documents.csv"].rows if one.text("related_event") == row.text("slug")
    ]


def _postponements(row: Row) -> list[list[object]]:
    """When it was to take place at first: one date, or two with a stroke between."""
    if not row.text("postponed_from"):
        return []
    start, _stroke, end = row.text("postponed_from").partition("/")
    dates = Row(row.file, row.line, {"start_date": start, "end_date": end}, [])
    was = Span.read(dates, start, end, next(iter(row.zones("timezone")), ""))
    if dates.problems:
        row.refuse("postponed_from", dates.problems[0].why)
    if was is None:
        return []
    return [[was.starts_at, str(was.start_precision), was.ends_at, row.text("postponed_reason")]]


def _introduce(book: Book, rows: dict[str, Row]) -> None:
    """Documents are read on a lower floor, so what they say about events is checked here."""
    for row in book.tables["documents.csv"].rows:
        book.reference(row, "related_event", "events")


def cancelled_by_act(row: SheetRow) -> None:
    """As in the form: the page keeps the day and the reason, and everybody registered is told."""
    before, after = row.held.get("status", ""), row.effective("status")
    if before and before != after and CANCELLED in (before, after):
        why = _now("cannot be changed here: use “Cancel the event” or “Let it take place after all” in its form.")
        row.refuse("status", why)


def mark_those_with_people(events: Sequence[Event]) -> None:
    """Tells each event whether people are registered, in one query."""
    taken = Registration.objects.active().filter(event__in=events).values_list("event", flat=True)
    busy = set(taken)
    for event in events:
        event.has_people = event.pk in busy  # type: ignore[attr-defined]


def kept_with_people(event: Event) -> Collection[str]:
    """New places are offered to those who wait, in the form of the event."""
    return ("capacity_onsite", "capacity_online") if event.has_people else ()  # type: ignore[attr-defined]


def new_version_of_calendar(event: Event, names: set[str]) -> Iterable[str]:
    """A new time is a new version of the calendar entry."""
    if not names & set(TIMES):
        return ()
    event.sequence += 1
    return ("sequence",)


register(
    Records(
        "series of events", Series,
        DataFile(
            "events.csv", order=40, fields={"name_en": "series"},
            entries=lambda book: series_rows(book, "events.csv"),
        ),
        ("name", "published", "sources", "internal_note"), kind="series",
    )
)  # fmt: skip
FILE: Final = DataFile(
    "events.csv", order=41, facts=_event, introduce=_introduce, others=("partners", "postponed_reason"),
    optional=("part_of", "postponed_from", "postponed_reason", "internal_note"),
    fields={
        **LOADED, "kind": "kind", "series": "series", "part_of": "part_of", "outcomes_en": "outcomes",
        "participating_codes": "countries_participating", "participating_note": "countries_participating",
        "documents": "slug", "postponements": "postponed_from",
    },
)  # fmt: skip
SUMMARIES: Final = [f"written_summary_{code.replace('-', '_')}" for code, _name in settings.LANGUAGES]
POSTPONEMENTS: Final = Rows(
    "postponements", Postponement, "activity", ("was_starts_at", "was_start_precision", "was_ends_at", "reason"),
)  # fmt: skip
register(
    Records(
        "events", Event, FILE,
        (
            "title", "kind", "status", "is_sample", "series", "part_of", *WHEN, "registration_opens_at", "registration_closes_at",
            *PEOPLE, "summary", "outcomes", *CONTEXT,
        ),
        rows=(*rows_of_activity(), POSTPONEMENTS),
        clocks={**CLOCKS, "registration_opens_at": Clock(), "registration_closes_at": Clock()}, codes=CODES,
        left_out={
            **LEFT_OUT,
            "join_links": _("Links hold passcodes; they are kept in the form."),
            **dict.fromkeys(SUMMARIES, _("The summary is written in the form, with the materials.")),
        },
        rules=(cancelled_by_act,), kept=kept_with_people, prepare=mark_those_with_people, settle=new_version_of_calendar,
    )
)  # fmt: skip
