"""What data files and sheets of all kinds of site have in common: states, a point, names in several scripts."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from record_import.book import Book
from record_import.child_rows import Rows
from record_import.fields import Canonical, Facts, Model, canonical
from record_import.romanised import is_romanised
from record_import.rows import Row, SheetRow
from records.formats.names import fold, script_of
from records.formats.vocabulary import Language

from .models import DesignatedSite, SiteName
from .models.coordinate_check import fault

Name = tuple[str, str, str]  # kind, language, name

_OF_STATE: Final = {
    "CN": Language.CHINESE, "JP": Language.JAPANESE, "KP": Language.KOREAN, "KR": Language.KOREAN,
    "KZ": Language.KAZAKH, "MN": Language.MONGOLIAN, "RU": Language.RUSSIAN,
}  # fmt: skip
_KAZAKH: Final = re.compile("[әғқңұһі]", re.IGNORECASE)
_MONGOLIAN: Final = re.compile("[өү]", re.IGNORECASE)
_SUFFIX: Final = re.compile(r"\s*\(?(UNESCO )?(Global )?Geopark\)?$|\s*(Transboundary )?Biosphere Reserve$")
FIRST: Final = ("name", "status", "designation_year", "other_designations", "names")
PLACE: Final = ("member_states", "admin_region", "latitude", "longitude", "accuracy_km", "area_ha")
LAST: Final = ("summary", "website", "unesco_url", "confidence", "published", "sources", "internal_note")
LEFT_OUT: Final = {
    "stewards": _("Persons are in no sheet. Stewards are named in the form of the site."),
    "photos": _("Photos are put up in the form of the site."),
    "confirmed_at": _("Facts are confirmed in the list of the sites."),
    "confirmed_by": _("Facts are confirmed in the list of the sites."),
}
# The fields that data files of all kinds of site fill, and the column of each.
LOADED: Final = {
    "name": "name_en", "member_states": "country_codes", "status": "status", "designation_year": "designation_year",
    "latitude": "latitude", "longitude": "longitude", "accuracy_km": "accuracy_km",
    "other_designations": "other_designations", "website": "website", "unesco_url": "unesco_url",
    "confidence": "confidence", "admin_region_en": "admin_region", "summary_en": "summary_en", "sources": "source",
    "names": "alt_names", "internal_note": "internal_note",
}  # fmt: skip


def facts_of_site(row: Row, book: Book, source: str) -> Facts:
    """What is worked out of a row about a site of either kind, but for its status."""
    states = book.references(row, "country_codes", "member states")
    row.text("country_codes", required=True)
    latitude, longitude = _point(row, states, book.last[source].get(row.text("slug"), {}))
    return {
        "member_states": states,
        "latitude": latitude,
        "longitude": longitude,
        "names": [[kind, language, name] for kind, language, name in names_of(row)],
    }


def _point(row: Row, states: list[str], last: Mapping[str, Canonical]) -> tuple[Decimal | None, Decimal | None]:
    """Latitude and longitude, together or not at all, where a site of these states may lie.

    In some places both orders are plausible; there what was loaded last tells that they were swapped since.
    """
    latitude, longitude = row.number("latitude", places=5), row.number("longitude", places=5)
    for given, missing in (("latitude", "longitude"), ("longitude", "latitude")):
        if row.text(given) and not row.text(missing):
            row.refuse(missing, f"is empty, while {given} is given")
    if latitude is None or longitude is None:
        return None, None
    was = last.get("latitude"), last.get("longitude")
    if why := fault(states, float(latitude), float(longitude)):
        row.refuse("latitude", why)
    elif latitude != longitude and was == (canonical(longitude), canonical(latitude)):
        row.refuse("latitude", f"{latitude}, {longitude} was {longitude}, {latitude} before: they are swapped")
    return latitude, longitude


def names_of(row: Row) -> list[Name]:
    """All names beside the English one: local, former, then the others in the order of the file, each name once.

    One that the file lists again among the others keeps its first kind and place.
    """
    states = row.listed("country_codes")
    found: list[Name] = []
    pieces = [piece.strip() for piece in row.text("name_local").split(" / ") if piece.strip()]
    for number, piece in enumerate(pieces):
        own = [states[number]] if len(pieces) == len(states) else states
        found.append((SiteName.Kind.LOCAL, language_of(piece, own, official=True), piece))
    if former := row.text("renamed_from"):
        language = Language.ENGLISH if script_of(former) == "latin" else language_of(former, states)
        found.append((SiteName.Kind.FORMER, language, former))
    aliases = row.listed("alt_names")
    for alias in aliases:
        kind = SiteName.Kind.ROMANISED if is_romanised(alias, [*pieces, *aliases]) else SiteName.Kind.ALIAS
        found.append((kind, language_of(alias, states), alias))
    once: dict[str, Name] = {}
    for one in found:
        once.setdefault(one[2], one)
    once.pop(row.text("name_en"), None)
    return list(once.values())


def language_of(name: str, states: list[str], *, official: bool = False) -> str:
    """The language of a name by its script and the state of the site; '' where that does not tell.

    Han letters are Chinese in China, Japanese in Japan, Hanja in Korea; those that GB 2312, the set of the simplified
    letters, lacks are traditional. Cyrillic names in Kazakhstan without a Kazakh letter are the Russian ones, except where
    the file gives them as the official local name.
    """
    script = script_of(name)
    if script in ("ko", "ja"):
        return Language.KOREAN if script == "ko" else Language.JAPANESE
    languages = {_OF_STATE[state] for state in states if state in _OF_STATE}
    if script == "han":
        if languages == {Language.CHINESE}:
            return Language.CHINESE if _is_simplified(name) else Language.CHINESE_TRADITIONAL
        if languages == {Language.KOREAN}:
            return Language.HANJA
        return Language.JAPANESE if languages == {Language.JAPANESE} else ""
    if script != "cyrillic":
        return ""
    if Language.KAZAKH in languages and (_KAZAKH.search(name) or (official and len(languages) == 1)):
        return Language.KAZAKH
    if Language.MONGOLIAN in languages and (len(languages) == 1 or _MONGOLIAN.search(name) or official):
        return Language.MONGOLIAN
    return Language.RUSSIAN if languages & {Language.RUSSIAN, Language.KAZAKH} else ""


def _is_simplified(name: str) -> bool:
    try:
        "".join(letter for letter in name if letter.isalpha()).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def introduce_sites(source: str, model: type[DesignatedSite]) -> Callable[[Book, dict[str, Row]], None]:
    """Makes the function that tells the book all names of one kind of site, short forms included.

    A name that was loaded once and that the file has given up since is none of them.
    """

    def introduce(book: Book, rows: dict[str, Row]) -> None:
        index = book.names[source]
        for key, row in rows.items():
            others = [name for _kind, _language, name in names_of(row)]
            index.add(key, row.text("name_en"), [*others, *short_forms([row.text("name_en"), *others])])
        for site in model._default_manager.prefetch_related("names"):
            own = rows.get(site.slug)
            held = [[one.kind, one.language, one.name] for one in site.names.all()]
            if book.keeps(source, own, site.slug, "name", "name_en", site.name):
                index.add(site.slug, site.name, short_forms([site.name]))
            if book.keeps(source, own, site.slug, "names", "alt_names", held):
                others = [name for _kind, _language, name in held]
                index.add(site.slug, "", [*others, *short_forms(others)])

    return introduce


def short_forms(names: list[str]) -> list[str]:
    """Names without the words that say what kind of site it is."""
    return [short for name in names if (short := _SUFFIX.sub("", name)) and fold(short) != fold(name)]


def names_and_decisions(decisions: str, model: Model, dates: tuple[str, ...], outcome: str) -> tuple[Rows, Rows]:
    """Rows of a site: its further names, and periodic reviews or revalidations under their name: `dates` besides that of the
    decision, and the column of the outcome."""
    columns = (
        "year", outcome, *dates, "decided_on", "due_override", "override_reason", "public_source", "document", "note",
    )  # fmt: skip
    return (
        Rows("names", SiteName, "site", ("kind", "language", "name")),
        Rows(decisions, model, "site", columns, {"document": "documents"}),
    )


def plausible_point(row: SheetRow) -> None:
    """Latitude and longitude together, where a site of these states may lie, and not swapped since."""
    latitude, longitude = _number(row, "latitude"), _number(row, "longitude")
    if (latitude is None) != (longitude is None):
        row.refuse(
            "longitude" if longitude is None else "latitude", _now("is empty, while the other of the two is given.")
        )
    if latitude is None or longitude is None:
        return
    states = [state.strip() for state in row.effective("member_states").split(";") if state.strip()]
    was = _number(row, "latitude", held=True), _number(row, "longitude", held=True)
    if why := fault(states, float(latitude), float(longitude)):
        row.refuse("latitude", why)
    elif latitude != longitude and was == (longitude, latitude):
        row.refuse("latitude", _now("and longitude are swapped: the record has them the other way round."))


def _number(row: SheetRow, column: str, *, held: bool = False) -> Decimal | None:
    try:
        return Decimal(row.held.get(column, "") if held else row.effective(column))
    except InvalidOperation:
        return None


def designated_with_year(row: SheetRow) -> None:
    status = row.effective("status") or DesignatedSite.Status.DESIGNATED
    if status == DesignatedSite.Status.DESIGNATED and not row.effective("designation_year"):
        row.refuse("designation_year", _now("is empty, while the site is designated. Fill in the year."))


RULES: Final = (plausible_point, designated_with_year)
