"""A network of two states, small enough to be read at a glance, as data files; every kind of record and link is in it."""

from pathlib import Path

from record_import.registry import headers

from .tables import write

Rows = list[dict[str, str]]

SMALL: dict[str, Rows] = {
    "member_states.csv": [
        {
            "code": "MN", "name_en": "Mongolia", "name_mn": "Монгол", "name_local": "Монгол Улс", "languages": "mn",
            "time_zones": "Asia/Hovd;Asia/Ulaanbaatar", "national_mab_committee": "MAB Mongolia",
            "national_commission_name": "Commission of Mongolia", "joined_network_year": "1995",
        },
        {
            "code": "RU", "name_en": "Russian Federation", "name_local": "Россия", "languages": "ru",
            "time_zones": "Europe/Moscow", "national_mab_committee": "MAB Russia",
            "national_commission_name": "Commission of Russia",
        },
    ],
    "partners.csv": [
        {"slug": "office", "name_en": "The Office", "aliases": "UNESCO Office", "kind": "UN agency"},
        {"slug": "mab-mongolia", "name_en": "MAB Mongolia", "kind": "national commission", "country_codes": "MN"},
    ],
    "programmes.csv": [
        {"slug": "sciences", "name_en": "Sciences", "kind": "focus_area"},
        {
            "slug": "mab", "name_en": "Man and the Biosphere", "aliases": "MAB", "kind": "programme",
            "parent": "sciences", "partners": "office;mab-mongolia", "start_year": "1971",
        },
    ],
    "documents.csv": [
        {
            "slug": "report", "title": "Report of the meeting", "kind": "report", "year": "2022", "languages": "en;mn",
            "programme": "MAB", "related_event": "meeting", "source": "Office",
        },
    ],
    "biosphere_reserves.csv": [
        {
            "slug": "lake", "name_en": "Lake", "name_local": "Нуур", "alt_names": "Nuur; Lake Park",
            "country_codes": "MN", "designation_year": "2002", "extension_years": "2010;2015", "latitude": "50.5",
            "longitude": "100.25", "accuracy_km": "40", "admin_region": "North", "area_total_ha": "1234.5",
            "area_core_ha": "200", "ecosystem": "wetland/lake", "transboundary": "false",
            "other_designations": "ramsar", "source": "https://example.org/a; https://example.org/b",
            "confidence": "high",
        },
        {
            "slug": "joint", "name_en": "Joint Basin", "name_local": "Хотгор / Котловина", "country_codes": "MN;RU",
            "designation_year": "2021", "ecosystem": "mixed", "transboundary": "true", "confidence": "medium",
        },
        {
            "slug": "basin", "name_en": "Basin", "name_local": "Котловина", "country_codes": "RU",
            "designation_year": "1997", "latitude": "46.5", "longitude": "48.5", "ecosystem": "desert",
            "transboundary": "false", "joint_reserve": "joint", "confidence": "low",
        },
    ],
    "geoparks.csv": [
        {
            "slug": "rocks", "name_en": "Rocks UNESCO Global Geopark", "country_codes": "MN", "status": "designated",
            "designation_year": "2015", "latitude": "44", "longitude": "104.5", "area_km2": "12.345",
            "overlapping_reserve": "Nuur;Unheard Of", "confidence": "high",
        },
        {
            "slug": "hopes", "name_en": "Hopes", "country_codes": "RU", "status": "aspiring", "confidence": "low",
        },
    ],
    "events.csv": [
        {
            "slug": "meeting", "title": "Meeting", "kind": "network_meeting", "start_date": "2022-10-03",
            "end_date": "2022-10-07", "postponed_from": "2022-08/2022-09", "postponed_reason": "Pandemic",
            "timezone": "Asia/Ulaanbaatar", "format": "hybrid", "country_codes": "MN;VN", "series": "Meetings",
            "programme": "MAB;Unheard Of", "organisers": "UNESCO Office;A University", "participants": "60",
            "countries_participating": "MN;RU", "languages": "en", "related_reserves": "Lake Park;Unheard Of",
            "confidence": "high",
        },
        {
            "slug": "webinars", "title": "Webinars", "kind": "webinar_series", "start_date": "2021",
            "timezone": "Asia/Shanghai", "confidence": "medium",
        },
        {
            "slug": "webinar-1", "title": "First webinar", "kind": "webinar", "start_date": "2021-09",
            "timezone": "Asia/Shanghai", "part_of": "webinars", "countries_participating": "83 countries",
            "confidence": "medium",
        },
    ],
    "trainings.csv": [
        {
            "slug": "course", "title": "Course", "start_date": "2019-05", "timezone": "Asia/Ulaanbaatar",
            "country_codes": "MN", "series": "Courses", "programme": "MAB", "events": "webinars", "seats": "30",
            "funder": "The Office", "women_share": "34%", "confidence": "high",
        },
    ],
}  # fmt: skip


def write_small(directory: Path) -> Path:
    """The eight files, each with all columns that it may have."""
    directory.mkdir()
    for name, (columns, _optional) in headers().items():
        write(directory / name, columns, SMALL[name])
    return directory
