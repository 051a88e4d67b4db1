"""Member states, partners, programmes and documents: out of their data files, and as sheets."""

import re
from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from record_import.book import Book
from record_import.child_rows import Rows
from record_import.fields import Facts
from record_import.registry import DataFile, Records, register
from record_import.rows import Row, SheetRow
from records.formats.vocabulary import Language

from .models import Document, MemberState, Partner, Programme, ProgrammePartner

_CODE: Final = re.compile(r"[A-Z]{2}")
# ISO 639-1 codes of the data files as the tags used for names here.
LANGUAGES: Final = {
    "en": Language.ENGLISH, "zh": Language.CHINESE, "ja": Language.JAPANESE, "ko": Language.KOREAN,
    "mn": Language.MONGOLIAN, "ru": Language.RUSSIAN, "kk": Language.KAZAKH, "fr": Language.FRENCH,
}  # fmt: skip


def language_of_state(row: Row) -> str:
    """The first of the official languages that the row of a member state lists."""
    return next((LANGUAGES[code] for code in row.listed("languages") if code in LANGUAGES), "")


def _state(row: Row, book: Book) -> Facts:
    if (code := row.text("code")) and not _CODE.fullmatch(code):
        row.refuse("code", f"“{code}” is not a country code: two capital letters")
    committee = row.text("national_mab_committee", required=True)
    commission = row.text("national_commission_name", required=True)
    local = row.text("name_local", required=True)
    return {
        "name_kk": local if language_of_state(row) == Language.KAZAKH else "",
        "local_language": language_of_state(row),
        "languages": row.choices("languages", LANGUAGES),
        "time_zones": row.zones("time_zones"),
        "mab_committee_name": committee,
        "mab_committee": book.names["partners"].find(committee),
        "national_commission_name": commission,
        "national_commission": book.names["partners"].find(commission),
    }


def _introduced(source: str, model: type[Partner | Programme]) -> Callable[[Book, dict[str, Row]], None]:
    """Makes the function that tells the book the names of bodies: those of the file, and those that the database holds and the
    file will not replace."""

    def introduce(book: Book, rows: dict[str, Row]) -> None:
        index = book.names[source]
        for key, row in rows.items():
            index.add(key, row.text("name_en"), [row.text("name_local"), *row.listed("aliases")])
        for one in model._default_manager.all():
            for name, column in (("name_en", "name_en"), ("local_name", "name_local"), ("aliases", "aliases")):
                held = getattr(one, name, None)
                if not held or not book.keeps(source, rows.get(one.slug), one.slug, name, column, held):
                    continue
                if name == "name_en":
                    index.add(one.slug, held)
                else:
                    index.add(one.slug, "", [held] if isinstance(held, str) else held)

    return introduce


def _partner(row: Row, book: Book) -> Facts:
    return {"local_language": _language_of_partner(row, book) if row.text("name_local") else ""}


def _language_of_partner(row: Row, book: Book) -> str:
    """The language of the first state it works in: a name in Chinese comes first for the office in Beijing."""
    rows = {row.text("code"): row for row in book.tables["member_states.csv"].rows}
    state = next((code for code in row.listed("country_codes") if book.usable("member states", code)), "")
    return language_of_state(rows[state]) if state in rows else ""


def _programme(row: Row, book: Book) -> Facts:
    start, end = row.year("start_year"), row.year("end_year")
    if start and end and end < start:
        row.refuse("end_year", f"{end} lies before start_year {start}")
    return {"partner_links": [[partner, ""] for partner in book.references(row, "partners", "partners")]}


def _document(row: Row, book: Book) -> Facts:
    facts: Facts = {"languages": row.choices("languages", LANGUAGES)}
    if not row.has("programme"):
        return facts
    found, unknown = book.matched("programmes", [row.text("programme")] if row.text("programme") else [])
    if unknown:
        row.refuse("programme", f"“{unknown[0]}” is not the name of any of the programmes")
    return facts | {"programme": found[0] if found else ""}


def years_in_order(row: SheetRow) -> None:
    start, end = row.effective("start_year"), row.effective("end_year")
    if start.isdigit() and end.isdigit() and int(end) < int(start):
        row.refuse("end_year", _now("lies before start_year, %(year)s. Correct one of the two.") % {"year": start})


RECORD: Final = ("published", "sources", "internal_note")
STATES: Final = DataFile(
    "member_states.csv", order=10, facts=_state, optional=("internal_note",),
    fields={
        "name_en": "name_en", "name_ja": "name_ja", "name_ko": "name_ko", "name_mn": "name_mn", "name_ru": "name_ru",
        "name_zh_hans": "name_zh", "name_kk": "name_local", "local_name": "name_local", "local_language": "languages",
        "joined_year": "joined_network_year", "languages": "languages", "time_zones": "time_zones",
        "mab_committee_name": "national_mab_committee", "mab_committee_website": "mab_committee_website",
        "national_commission_name": "national_commission_name", "mab_committee": "national_mab_committee",
        "national_commission": "national_commission_name", "note_en": "note", "sources": "source",
        "internal_note": "internal_note",
    },
)  # fmt: skip
PARTNERS: Final = DataFile(
    "partners.csv", order=11, facts=_partner, introduce=_introduced("partners", Partner), optional=("aliases", "internal_note"),
    fields={
        "name_en": "name_en", "local_name": "name_local", "local_language": "country_codes", "aliases": "aliases",
        "kind": "kind", "member_states": "country_codes", "website": "website", "role_en": "role", "sources": "source",
        "internal_note": "internal_note",
    },
)  # fmt: skip
PROGRAMMES: Final = DataFile(
    "programmes.csv", order=12, facts=_programme, introduce=_introduced("programmes", Programme), optional=("aliases", "internal_note"),
    fields={
        "name_en": "name_en", "aliases": "aliases", "kind": "kind", "parent": "parent", "start_year": "start_year",
        "end_year": "end_year", "summary_en": "summary_en", "sources": "source", "partner_links": "partners",
        "internal_note": "internal_note",
    },
)  # fmt: skip
DOCUMENTS: Final = DataFile(
    "documents.csv", order=13, facts=_document, others=("related_event",), optional=("programme", "internal_note"),
    fields={
        "title_en": "title", "kind": "kind", "year": "year", "languages": "languages", "body": "authors_or_body",
        "url": "url", "summary_en": "summary_en", "sources": "source", "programme": "programme",
        "internal_note": "internal_note",
    },
)  # fmt: skip

register(
    Records(
        "member states", MemberState, STATES,
        (
            "name", "local_name", "local_language", "languages", "time_zones", "joined_year", "mab_committee",
            "mab_committee_name", "mab_committee_website", "national_commission", "national_commission_name", "note", *RECORD,
        ),
        key="code",
    )
)  # fmt: skip
register(
    Records(
        "partners", Partner, PARTNERS,
        ("name", "local_name", "local_language", "aliases", "kind", "member_states", "website", "role", *RECORD),
        left_out={"programme_links": _("Its programmes stand in the sheet of programmes.")},
    )
)  # fmt: skip
register(
    Records(
        "programmes", Programme, PROGRAMMES,
        ("name", "aliases", "kind", "parent", "start_year", "end_year", "summary", "partner_links", *RECORD),
        rows=(Rows("partner_links", ProgrammePartner, "programme", ("partner", "role"), {"partner": "partners"}),),
        rules=(years_in_order,),
    )
)  # fmt: skip
register(
    Records(
        "documents", Document, DOCUMENTS,
        ("title", "kind", "year", "languages", "body", "programme", "url", "summary", *RECORD),
        left_out={"file": _("A file is put up in the form of the document.")},
    )
)  # fmt: skip
