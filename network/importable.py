"""Member states, partners, programmes and documents: out of their data files, and as sheets."""

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.vocabulary import Language
from record_import.book import Book
from record_import.fields import Facts, Rows
from record_import.registry import DataFile, Records, register
from record_import.rows import Row, SheetRow

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
        "name_en": row.text("name_en", required=True),
        "name_zh_hans": row.text("name_zh"),
        "name_ja": row.text("name_ja"),
        "name_ko": row.text("name_ko"),
        "name_mn": row.text("name_mn"),
        "name_ru": row.text("name_ru"),
        "name_kk": local if language_of_state(row) == Language.KAZAKH else "",
        "local_name": local,
        "local_language": language_of_state(row),
        "joined_year": row.year("joined_network_year"),
        "languages": row.choices("languages", LANGUAGES),
        "time_zones": row.zones("time_zones"),
        "mab_committee_name": committee,
        "mab_committee": book.names["partners"].find(committee),
        "mab_committee_website": row.text("mab_committee_website"),
        "national_commission_name": commission,
        "national_commission": book.names["partners"].find(commission),
        "note_en": row.text("note"),
        "sources": row.sources(),
    }


def _introduce_partners(book: Book, rows: dict[str, Row]) -> None:
    index = book.names["partners"]
    for key, row in rows.items():
        index.add(key, row.text("name_en"), [row.text("name_local"), *row.listed("aliases")])
    for partner in Partner.objects.all():
        held = (
            ("name_en", "name_en", partner.name_en or ""),  # type: ignore[attr-defined]
            ("local_name", "name_local", partner.local_name),
            ("aliases", "aliases", partner.aliases),
        )
        _introduce_held(book, "partners", partner.slug, rows.get(partner.slug), held)


def _introduce_held(
    book: Book, source: str, key: str, row: Row | None, held: Iterable[tuple[str, str, str | list[str]]]
) -> None:
    """Tells the book the names, as (field, column, value), that the database holds and the file will not replace."""
    for name, column, value in held:
        if value and book.keeps(source, row, key, name, column, value):
            if name == "name_en":
                book.names[source].add(key, str(value))
            else:
                book.names[source].add(key, "", [value] if isinstance(value, str) else value)


def _partner(row: Row, book: Book) -> Facts:
    states = book.references(row, "country_codes", "member states")
    local = row.text("name_local")
    facts: Facts = {
        "name_en": row.text("name_en", required=True),
        "local_name": local,
        "local_language": _language_of_partner(book, states) if local else "",
        "kind": row.choice("kind", Partner.Kind.values),
        "member_states": states,
        "website": row.text("website"),
        "role_en": row.text("role"),
        "sources": row.sources(),
    }
    return facts | ({"aliases": row.listed("aliases")} if row.has("aliases") else {})


def _language_of_partner(book: Book, states: list[str]) -> str:
    """The language of the first state it works in: a name in Chinese comes first for the office in Beijing."""
    rows = {row.text("code"): row for row in book.tables["member_states.csv"].rows}
    return language_of_state(rows[states[0]]) if states and states[0] in rows else ""


def _introduce_programmes(book: Book, rows: dict[str, Row]) -> None:
    index = book.names["programmes"]
    for key, row in rows.items():
        index.add(key, row.text("name_en"), row.listed("aliases"))
    for programme in Programme.objects.all():
        held = (
            ("name_en", "name_en", programme.name_en or ""),  # type: ignore[attr-defined]
            ("aliases", "aliases", programme.aliases),
        )
        _introduce_held(book, "programmes", programme.slug, rows.get(programme.slug), held)


def _programme(row: Row, book: Book) -> Facts:
    start, end = row.year("start_year"), row.year("end_year")
    if start and end and end < start:
        row.refuse("end_year", f"{end} lies before start_year {start}")
    facts: Facts = {
        "name_en": row.text("name_en", required=True),
        "kind": row.choice("kind", Programme.Kind.values),
        "parent": book.reference(row, "parent", "programmes"),
        "partner_links": [[partner, ""] for partner in book.references(row, "partners", "partners")],
        "start_year": start,
        "end_year": end,
        "summary_en": row.text("summary_en"),
        "sources": row.sources(),
    }
    return facts | ({"aliases": row.listed("aliases")} if row.has("aliases") else {})


def _document(row: Row, book: Book) -> Facts:
    facts: Facts = {
        "title_en": row.text("title", required=True),
        "kind": row.choice("kind", Document.Kind.values),
        "year": row.year("year"),
        "languages": row.choices("languages", LANGUAGES),
        "body": row.text("authors_or_body"),
        "url": row.text("url"),
        "summary_en": row.text("summary_en"),
        "sources": row.sources(),
    }
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


RECORD: Final = ("published", "sources")
STATES: Final = DataFile(
    "member_states.csv", order=10, facts=_state,
    columns=(
        "code", "name_en", "name_zh", "name_ja", "name_ko", "name_mn", "name_ru", "name_local", "joined_network_year",
        "languages", "time_zones", "national_mab_committee", "mab_committee_website", "national_commission_name",
        "note", "source",
    ),
    fields={
        "name_en": "name_en", "name_ja": "name_ja", "name_ko": "name_ko", "name_mn": "name_mn", "name_ru": "name_ru",
        "name_zh_hans": "name_zh", "name_kk": "name_local", "local_name": "name_local", "local_language": "languages",
        "joined_year": "joined_network_year", "languages": "languages", "time_zones": "time_zones",
        "mab_committee_name": "national_mab_committee", "mab_committee_website": "mab_committee_website",
        "national_commission_name": "national_commission_name", "mab_committee": "mab_committee",
        "national_commission": "national_commission", "note_en": "note", "sources": "source",
    },
)  # fmt: skip
PARTNERS: Final = DataFile(
    "partners.csv", order=11, facts=_partner, introduce=_introduce_partners,
    columns=("slug", "name_en", "name_local", "kind", "country_codes", "website", "role", "source"),
    optional=("aliases",),
    fields={
        "name_en": "name_en", "local_name": "name_local", "local_language": "country_codes", "aliases": "aliases",
        "kind": "kind", "member_states": "country_codes", "website": "website", "role_en": "role", "sources": "source",
    },
)  # fmt: skip
PROGRAMMES: Final = DataFile(
    "programmes.csv", order=12, facts=_programme, introduce=_introduce_programmes,
    columns=("slug", "name_en", "kind", "parent", "partners", "start_year", "end_year", "summary_en", "source"),
    optional=("aliases",),
    fields={
        "name_en": "name_en", "aliases": "aliases", "kind": "kind", "parent": "parent", "start_year": "start_year",
        "end_year": "end_year", "summary_en": "summary_en", "sources": "source", "partner_links": "partners",
    },
)  # fmt: skip
DOCUMENTS: Final = DataFile(
    "documents.csv", order=13, facts=_document,
    columns=(
        "slug", "title", "kind", "year", "languages", "authors_or_body", "related_event", "url", "summary_en", "source",
    ),
    optional=("programme",),
    fields={
        "title_en": "title", "kind": "kind", "year": "year", "languages": "languages", "body": "authors_or_body",
        "url": "url", "summary_en": "summary_en", "sources": "source", "programme": "programme",
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
