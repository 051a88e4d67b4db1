"""Time zones to choose from."""

import datetime as dt

from records.formats.time_zones import found_zones, places, time_words, times_of, zone_choices
from records.formats.vocabulary import zone_names


def test_zones_of_the_network_come_first_by_their_offset_of_that_day() -> None:
    groups = dict(zone_choices(dt.datetime(2026, 12, 9, tzinfo=dt.UTC)))
    assert list(groups)[:4] == ["Network, UTC+2", "Network, UTC+3", "Network, UTC+4", "Network, UTC+5"]
    assert groups["Network, UTC+5"] == [("Asia/Almaty", "Almaty")]
    assert ("Asia/Almaty", "Almaty") in dict(zone_choices(dt.datetime(2018, 5, 1, tzinfo=dt.UTC)))["Network, UTC+6"]


def test_every_place_stands_there_once_with_its_offset() -> None:
    groups = zone_choices(dt.datetime(2027, 7, 1, tzinfo=dt.UTC))
    names = [name for _label, choices in groups for name, _words in choices]
    assert len(names) == len(set(names)) == len(places())
    assert set(names) <= zone_names()
    assert ("Europe/Paris", "Paris (UTC+2)") in dict(groups)["Europe"]


def test_times_are_told_in_words_and_found_by_city_or_country() -> None:
    now = dt.datetime(2026, 11, 30, 7, 40, tzinfo=dt.UTC)
    assert time_words("Asia/Ulaanbaatar", now) == "Ulaanbaatar time, now 15:40"
    assert time_words("Asia/Almaty", now) == "Astana, Almaty time, now 12:40"
    assert found_zones("beijing") == found_zones("Asia/Shanghai") == ["Asia/Shanghai"]
    assert found_zones("Germany") == ["Europe/Berlin", "Europe/Busingen"]
    assert found_zones("irk") == ["Asia/Irkutsk"]
    assert found_zones("nowhere") == []


def test_state_has_as_many_times_as_its_clocks_show() -> None:
    now = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
    assert times_of(["Asia/Shanghai", "Asia/Urumqi"], now) == ["Asia/Shanghai"]
    assert times_of(["Asia/Almaty", "Asia/Aqtau"], now) == ["Asia/Almaty"]
    assert times_of(["Asia/Ulaanbaatar", "Asia/Hovd"], now) == ["Asia/Hovd", "Asia/Ulaanbaatar"]
    before = dt.datetime(2018, 11, 30, tzinfo=dt.UTC)
    assert times_of(["Asia/Almaty", "Asia/Aqtau"], before) == ["Asia/Aqtau", "Asia/Almaty"]
