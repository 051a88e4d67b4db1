"""The clocks of the seven capitals across years, written down by hand: laws change them, and the past keeps its own."""

import datetime as dt

import pytest

from activities.models import times
from events.models import Event

CAPITALS = ["Moscow", "Astana", "Beijing", "Ulaanbaatar", "Pyongyang", "Seoul", "Tokyo"]
GOLDEN = {
    # Russia on summer time all the year, 2011 to 2014
    "2012-07-01T06:00": "10:00+4 12:00+6 14:00+8 14:00+8 15:00+9 15:00+9 15:00+9",
    # Mongolia with summer time in 2015 and 2016, Pyongyang half an hour behind from August 2015 to May 2018
    "2016-07-01T06:00": "09:00+3 12:00+6 14:00+8 15:00+9 14:30+8:30 15:00+9 15:00+9",
    "2016-12-01T06:00": "09:00+3 12:00+6 14:00+8 14:00+8 14:30+8:30 15:00+9 15:00+9",
    "2018-05-29T03:00": "06:00+3 09:00+6 11:00+8 11:00+8 12:00+9 12:00+9 12:00+9",
    # Kazakhstan went back an hour when 1 March 2024 would have begun
    "2024-02-29T06:00": "09:00+3 12:00+6 14:00+8 14:00+8 15:00+9 15:00+9 15:00+9",
    "2024-03-01T06:00": "09:00+3 11:00+5 14:00+8 14:00+8 15:00+9 15:00+9 15:00+9",
    "2026-12-09T07:00": "10:00+3 12:00+5 15:00+8 15:00+8 16:00+9 16:00+9 16:00+9",
    "2030-07-01T00:30": "03:30+3 05:30+5 08:30+8 08:30+8 09:30+9 09:30+9 09:30+9",
}


def event(instant: str, zone: str = "Asia/Shanghai", **facts: object) -> Event:
    start = dt.datetime.fromisoformat(f"{instant}+00:00")
    return Event(starts_at=start, start_precision="minute", timezone=zone, end_precision="", **facts)


def in_words(one: Event, zone: str) -> tuple[str, str, str]:
    clocks = times.on_clocks(one, zone)
    return clocks.days, clocks.hours, clocks.zone.partition(" (")[2].rstrip(")")


@pytest.mark.parametrize("instant", GOLDEN)
def test_capitals_show_their_clocks_of_that_day(instant: str) -> None:
    found = times.start_in_capitals(event(instant))
    assert [there.city for there in found] == CAPITALS
    assert [f"{there.clock}{there.zone.partition('UTC')[2]}" for there in found] == GOLDEN[instant].split()


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2018-05-29T03:00", ("Tuesday 29 May 2018", "09:00", "UTC+6")),
        ("2024-02-29T17:59", ("Thursday 29 February 2024", "23:59", "UTC+6")),
        ("2024-02-29T18:00", ("Thursday 29 February 2024", "23:00", "UTC+5")),
        ("2024-02-29T19:00", ("Friday 1 March 2024", "00:00", "UTC+5")),
        ("2026-12-09T07:00", ("Wednesday 9 December 2026", "12:00", "UTC+5")),
    ],
)
def test_almaty_is_six_hours_ahead_until_29_february_2024(instant: str, words: tuple[str, str, str]) -> None:
    assert in_words(event(instant), "Asia/Almaty") == words


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2016-07-01T06:00", ("Friday 1 July 2016", "14:00", "UTC+8")),
        ("2016-12-01T06:00", ("Thursday 1 December 2016", "13:00", "UTC+7")),
        ("2026-12-31T17:30", ("Friday 1 January 2027", "00:30", "UTC+7")),
    ],
)
def test_hovd_is_an_hour_behind_ulaanbaatar(instant: str, words: tuple[str, str, str]) -> None:
    assert in_words(event(instant), "Asia/Hovd") == words


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2027-03-28T00:59", ("Sunday 28 March 2027", "01:59", "UTC+1")),
        ("2027-03-28T01:00", ("Sunday 28 March 2027", "03:00", "UTC+2")),
        ("2027-10-31T00:30", ("Sunday 31 October 2027", "02:30", "UTC+2")),
        ("2027-10-31T01:30", ("Sunday 31 October 2027", "02:30", "UTC+1")),
    ],
)
def test_guest_in_paris_on_the_days_of_the_change(instant: str, words: tuple[str, str, str]) -> None:
    assert in_words(event(instant), "Europe/Paris") == words


def test_meeting_over_the_change_of_clocks_lasts_as_long_as_it_lasts() -> None:
    start = dt.datetime(2027, 3, 28, 0, 30, tzinfo=dt.UTC)
    one = Event(
        starts_at=start, start_precision="minute", ends_at=start + dt.timedelta(hours=1), end_precision="minute",
        timezone="Asia/Tokyo",
    )  # fmt: skip
    assert times.on_clocks(one).hours == "09:30 to 10:30"
    assert times.on_clocks(one, "Europe/Paris").hours == "01:30 to 03:30"


def test_other_day_is_named_where_it_is_not_that_of_the_place() -> None:
    late = event("2026-12-09T15:30")
    assert [(there.city, there.day) for there in times.start_in_capitals(late) if there.day] == [
        ("Pyongyang", "Thursday 10 December 2026"),
        ("Seoul", "Thursday 10 December 2026"),
        ("Tokyo", "Thursday 10 December 2026"),
    ]


def test_other_zones_of_the_network_go_from_west_to_east() -> None:
    found = times.start_in_other_zones(event("2026-12-09T07:00"))
    assert [f"{there.clock} {there.city} {there.zone}" for there in found] == [
        "09:00 Kaliningrad Europe/Kaliningrad, UTC+2",
        "11:00 Samara Europe/Samara, UTC+4",
        "13:00 Omsk Asia/Omsk, UTC+6",
        "14:00 Hovd Asia/Hovd, UTC+7",
        "14:00 Krasnoyarsk Asia/Krasnoyarsk, UTC+7",
        "17:00 Vladivostok Asia/Vladivostok, UTC+10",
        "18:00 Magadan Asia/Magadan, UTC+11",
        "19:00 Kamchatka Asia/Kamchatka, UTC+12",
    ]
