"""How trainings come out of their data file."""

import re
from decimal import Decimal

from activities.data_files import facts_of_occasion, fields_of_occasion, series_rows, series_slug
from events.models import Series
from record_import.fields import Link, Links, Plain
from record_import.loading import Book, Facts, Loader, Row, register

from .models import Training, TrainingInvolvement, TrainingSite

COLUMNS = (
    "slug", "title", "start_date", "end_date", "timezone", "format", "venue", "country_codes", "target_group", "topics",
    "seats", "organisers", "partners", "funder", "participants", "women_share", "languages", "related_reserves",
    "summary_en", "url", "source", "confidence",
)  # fmt: skip
OPTIONAL = ("series", "programme", "events")


def _entries(book: Book) -> list[tuple[str, Row]]:
    """Series that only trainings name; those of events come with the events."""
    known = {slug for slug, _row in series_rows(book, "events.csv")}
    return [(slug, row) for slug, row in series_rows(book, "trainings.csv") if slug not in known]


def _series(row: Row, book: Book) -> Facts:
    return {"name_en": row.text("series")}


def _training(row: Row, book: Book) -> Facts:
    facts = facts_of_occasion(row, book) | {
        "target_group_en": "; ".join(row.listed("target_group")),
        "topics": row.listed("topics"),
        "seats_note": row.text("seats"),
        "women_share": _share(row),
    }
    if not row.has("programme"):
        del facts["programmes"], facts["programme_names"]
    if row.has("events"):
        facts["events"] = book.references(row, "events", "events")
    if row.has("series"):
        series = row.text("series")
        facts["series"] = series_slug(series) if series else ""
    return facts


def _share(row: Row) -> Decimal | None:
    """A share of women such as 34%."""
    value = row.text("women_share")
    if not value:
        return None
    match = re.fullmatch(r"(\d{1,3}(?:\.\d)?)\s*%", value)
    if not match or Decimal(match[1]) > 100:
        row.refuse("women_share", f"“{value}” is not a share such as 34%")
        return None
    return Decimal(match[1])


register(
    Loader(
        source="series of trainings", kind="series", file="trainings.csv", order=50, model=Series, facts=_series, entries=_entries,
        columns=COLUMNS, optional=OPTIONAL, fields=(Plain("name_en", "series"),),
    )
)  # fmt: skip
register(
    Loader(
        source="trainings", file="trainings.csv", order=51, model=Training, facts=_training, columns=COLUMNS,
        optional=OPTIONAL,
        fields=(
            *fields_of_occasion(TrainingInvolvement, TrainingSite, "training"),
            Plain("target_group_en", "target_group"), Plain("topics"), Plain("seats_note", "seats"), Plain("women_share"),
            Link("series", "series"), Links("events", "events"),
        ),
    )
)  # fmt: skip
