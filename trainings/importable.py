"""Trainings: out of their data file, and as a sheet."""

import re
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from activities.data_files import LOADED, facts_of_activity, rows_of_activity, series_rows, series_slug
from activities.sheet_columns import CLOCKS, CODES, CONTEXT, LEFT_OUT, PEOPLE, WHEN
from events.models import Series
from record_import.book import Book
from record_import.clock_cells import Clock
from record_import.fields import Facts
from record_import.registry import DataFile, Records, register
from record_import.rows import Row

from .models import Training

_LETTER: Final = _("The words of the invitation letter are written in the form.")
_CALL: Final = _("The call of one training is set up in its form.")


def _entries(book: Book) -> list[tuple[str, Row]]:
    """Series that only trainings name; those of events come with the events."""
    known = {slug for slug, _row in series_rows(book, "events.csv")}
    return [(slug, row) for slug, row in series_rows(book, "trainings.csv") if slug not in known]


def _training(row: Row, book: Book) -> Facts:
    facts = facts_of_activity(row, book) | {
        "target_group_en": "; ".join(row.listed("target_group")),
        "women_share": _share(row),
    }
    if not row.has("programme"):
        del facts["programmes"], facts["programme_names"]
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
    Records(
        "series of trainings", Series,
        DataFile(
            "trainings.csv", order=50, fields={"name_en": "series"}, entries=_entries,
        ),
        kind="series",
    )
)  # fmt: skip
FILE: Final = DataFile(
    "trainings.csv", order=51, facts=_training, others=("partners", "funder"),
    optional=("series", "programme", "events", "internal_note"),
    fields={
        **LOADED, "target_group_en": "target_group", "topics": "topics", "seats_note": "seats",
        "women_share": "women_share", "series": "series", "events": "events",
    },
)  # fmt: skip
register(
    Records(
        "trainings", Training, FILE,
        (
            "title", "status", "is_sample", "series", "events", *WHEN, "target_group", "topics", "call_opens_at",
            "nominations_close_at", "deadline_zone", "costs", *PEOPLE, "women_share", "seats_note", "summary", *CONTEXT,
        ),
        rows=rows_of_activity(),
        clocks={**CLOCKS, "call_opens_at": Clock(), "nominations_close_at": Clock(zone="deadline_zone")}, codes=CODES,
        left_out={**LEFT_OUT, **dict.fromkeys(("letter_office", "letter_signatory", "letter_words"), _LETTER), **dict.fromkeys(("seat_classes", "caps", "extensions", "answer_days", "asks_presentation", "endorsement_required"), _CALL)},
    )
)  # fmt: skip
