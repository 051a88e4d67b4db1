"""Moments in words: what is known, in which zone, at which offset."""

import datetime as dt

import pytest

from records.formats.date_formatting import (
    cities_by_offset,
    city,
    instant_iso,
    moment_words,
    offset,
    span_words,
    zone_words,
)
from records.formats.partial_dates import start_of

SEOUL, BEIJING, ALMATY = "Asia/Seoul", "Asia/Shanghai", "Asia/Almaty"


@pytest.mark.parametrize(
    ("first", "known", "last", "last_known", "words"),
    [
        ((1995, 1, 1), "year", None, "", "1995"),
        ((2021, 1, 1), "year", (2023, 1, 1), "year", "2021 to 2023"),
        ((2022, 10, 1), "month", None, "", "October 2022"),
        ((2021, 9, 1), "month", (2021, 10, 1), "month", "September to October 2021"),
        ((2021, 12, 1), "month", (2022, 1, 1), "month", "December 2021 to January 2022"),
        ((2022, 10, 3), "day", None, "", "3 October 2022"),
        ((2022, 10, 3), "day", (2022, 10, 3), "day", "3 October 2022"),
        ((2022, 10, 3), "day", (2022, 10, 7), "day", "3 to 7 October 2022"),
        ((2018, 5, 29), "day", (2018, 6, 2), "day", "29 May to 2 June 2018"),
        ((2021, 12, 30), "day", (2022, 1, 2), "day", "30 December 2021 to 2 January 2022"),
        ((2022, 10, 3), "day", (2022, 11, 1), "month", "3 October 2022 to November 2022"),
        ((2022, 10, 3), "minute", (2022, 10, 3), "minute", "3 October 2022"),
    ],
)
def test_span_words(
    first: tuple[int, int, int], known: str, last: tuple[int, int, int] | None, last_known: str, words: str
) -> None:
    start = start_of(dt.date(*first), SEOUL)
    end = start_of(dt.date(*last), SEOUL) if last else None
    assert span_words(start, known, end, last_known, SEOUL) == words


def test_span_is_told_in_the_zone_of_the_place() -> None:
    """1995 begins in Seoul while it is still 1994 in UTC."""
    start = dt.datetime(1994, 12, 31, 15, tzinfo=dt.UTC)
    assert span_words(start, "year", None, "", SEOUL) == "1995"
    assert instant_iso(start, SEOUL, "year") == "1995"
    assert instant_iso(start, SEOUL, "month") == "1995-01"


def test_offset_of_almaty_changed_in_2024() -> None:
    assert offset(dt.datetime(2018, 5, 29, tzinfo=dt.UTC), ALMATY) == "UTC+6"
    assert offset(dt.datetime(2026, 5, 29, tzinfo=dt.UTC), ALMATY) == "UTC+5"


@pytest.mark.parametrize(
    ("zone", "words"),
    [("Asia/Kolkata", "UTC+5:30"), ("America/St_Johns", "UTC−3:30"), ("UTC", "UTC"), ("Europe/London", "UTC")],
)
def test_offset_in_words(zone: str, words: str) -> None:
    assert offset(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), zone) == words


def test_zone_words_name_city_zone_and_offset() -> None:
    instant = dt.datetime(2026, 12, 9, 7, tzinfo=dt.UTC)
    assert zone_words(instant, BEIJING) == "Beijing, Asia/Shanghai (UTC+8)"
    assert zone_words(instant, "UTC") == "UTC"
    assert city("America/New_York") == "New York"


def test_moment_to_the_minute_has_its_weekday() -> None:
    instant = dt.datetime(2026, 12, 9, 7, tzinfo=dt.UTC)
    assert moment_words(instant, BEIJING) == "Wednesday 9 December 2026, 15:00"
    assert instant_iso(instant, BEIJING) == "2026-12-09T15:00+08:00"


def test_cities_by_offset_go_from_west_to_east() -> None:
    zones = ["Asia/Tokyo", "Europe/Moscow", SEOUL]
    assert cities_by_offset(zones, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) == [
        {"offset": "UTC+3", "cities": "Moscow"},
        {"offset": "UTC+9", "cities": "Tokyo, Seoul"},
    ]
