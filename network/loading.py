"""How member states, partners, programmes and documents come out of their data files."""

import re
from collections.abc import Iterable
from typing import Final

from record_import.fields import Children, Link, Links, Plain
from record_import.loading import Book, Facts, Loader, Row, register
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
        "parent": book.ancestor(row, "parent", "programmes"),
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


register(
    Loader(
        source="member states", file="member_states.csv", order=10, model=MemberState, key="code", facts=_state,
        columns=(
            "code", "name_en", "name_zh", "name_ja", "name_ko", "name_mn", "name_ru", "name_local", "joined_network_year",
            "languages", "time_zones", "national_mab_committee", "mab_committee_website", "national_commission_name",
            "note", "source",
        ),
        fields=(
            *(Plain(f"name_{code}") for code in ("en", "ja", "ko", "mn", "ru")),
            Plain("name_zh_hans", "name_zh"), Plain("name_kk", "name_local"), Plain("local_name", "name_local"),
            Plain("local_language", "languages"), Plain("joined_year", "joined_network_year"), Plain("languages"),
            Plain("time_zones"), Plain("mab_committee_name", "national_mab_committee"),
            Plain("mab_committee_website"), Plain("national_commission_name"),
            Link("mab_committee", "partners", late=True), Link("national_commission", "partners", late=True),
            Plain("note_en", "note"), Plain("sources", "source"),
        ),
    )
)  # fmt: skip
register(
    Loader(
        source="partners", file="partners.csv", order=11, model=Partner, facts=_partner, introduce=_introduce_partners,
        columns=("slug", "name_en", "name_local", "kind", "country_codes", "website", "role", "source"),
        optional=("aliases",),
        fields=(
            Plain("name_en"), Plain("local_name", "name_local"), Plain("local_language", "country_codes"),
            Plain("aliases"), Plain("kind"), Links("member_states", "member states"), Plain("website"),
            Plain("role_en", "role"), Plain("sources", "source"),
        ),
    )
)  # fmt: skip
register(
    Loader(
        source="programmes", file="programmes.csv", order=12, model=Programme, facts=_programme,
        introduce=_introduce_programmes,
        columns=("slug", "name_en", "kind", "parent", "partners", "start_year", "end_year", "summary_en", "source"),
        optional=("aliases",),
        fields=(
            Plain("name_en"), Plain("aliases"), Plain("kind"), Link("parent", "programmes"), Plain("start_year"),
            Plain("end_year"), Plain("summary_en"), Plain("sources", "source"),
            Children("partner_links", ProgrammePartner, "programme", ("partner", "role"), {"partner": "partners"}, "partners"),
        ),
    )
)  # fmt: skip
register(
    Loader(
        source="documents", file="documents.csv", order=13, model=Document, facts=_document,
        columns=(
            "slug", "title", "kind", "year", "languages", "authors_or_body", "related_event", "url", "summary_en", "source",
        ),
        optional=("programme",),
        fields=(
            Plain("title_en", "title"), Plain("kind"), Plain("year"), Plain("languages"), Plain("body", "authors_or_body"),
            Plain("url"), Plain("summary_en"), Plain("sources", "source"), Link("programme", "programmes"),
        ),
    )
)  # fmt: skip
