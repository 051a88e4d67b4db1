"""How events and their series come out of the data file."""

from activities.data_files import Span, facts_of_occasion, fields_of_occasion, participating, series_rows, series_slug
from record_import.fields import Children, Link, Links, Plain
from record_import.loading import Book, Facts, Loader, Row, register

from .models import Event, EventInvolvement, EventPostponement, EventSite, Series

COLUMNS = (
    "slug", "title", "kind", "start_date", "end_date", "timezone", "format", "venue", "country_codes", "series",
    "programme", "organisers", "partners", "participants", "countries_participating", "outcomes", "languages",
    "related_reserves", "summary_en", "url", "source", "confidence",
)  # fmt: skip
OPTIONAL = ("part_of", "postponed_from", "postponed_reason")


def _series(row: Row, book: Book) -> Facts:
    return {"name_en": row.text("series")}


def _event(row: Row, book: Book) -> Facts:
    series = row.text("series")
    facts = facts_of_occasion(row, book) | participating(row) | {
        "kind": row.choice("kind", Event.Kind.values),
        "series": series_slug(series) if series else "",
        "outcomes_en": "\n".join(row.listed("outcomes")),
        "documents": _documents(row, book),
    }  # fmt: skip
    if row.has("part_of"):
        facts["part_of"] = book.ancestor(row, "part_of", "events")
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


register(
    Loader(
        source="series of events", kind="series", file="events.csv", order=40, model=Series, facts=_series,
        entries=lambda book: series_rows(book, "events.csv"), columns=COLUMNS, optional=OPTIONAL,
        fields=(Plain("name_en", "series"),),
    )
)  # fmt: skip
register(
    Loader(
        source="events", file="events.csv", order=41, model=Event, facts=_event, introduce=_introduce,
        columns=COLUMNS, optional=OPTIONAL,
        fields=(
            *fields_of_occasion(EventInvolvement, EventSite, "event"), Plain("kind"), Link("series", "series"),
            Link("part_of", "events"), Plain("outcomes_en", "outcomes"), Plain("participating_codes"),
            Plain("participating_note"), Links("documents", "documents"),
            Children(
                "postponements", EventPostponement, "event",
                ("was_starts_at", "was_start_precision", "was_ends_at", "reason"), column="postponed_from",
            ),
        ),
    )
)  # fmt: skip
