"""Time zones to choose from."""

import datetime as dt

from records.formats.time_zones import places, zone_choices
from records.formats.vocabulary import zone_names


def test_zones_of_the_network_come_first_by_their_offset_of_that_day() -> None:
    groups = dict(zone_choices(dt.datetime(2026, 12, 9, tzinfo=dt.UTC)))
    assert list(groups)[:4] == ["Network, UTC+2", "Network, UTC+3", "Network, UTC+4", "Network, UTC+5"]
    assert groups["Network, UTC+5"] == [("Asia/Almaty", "Almaty")]
    assert ("Asia/Almaty", "Almaty") in dict(zone_choices(dt.datetime(2018, 5, 1, tzinfo=dt.UTC)))["Network, UTC+6"]


def test_every_place_stands_there_once_with_its_offset() -> None:
    groups = zone_choices(dt.datetime(2027, 7, 1, tzinfo=dt.UTC))
    names = [name for _label, choices in groups for name, _words in choices]
    assert len(names) == len(set(names)) == len(places()) + 1
    assert set(names) <= zone_names()
    assert ("Europe/Paris", "Paris (UTC+2)") in dict(groups)["Europe"]
    assert dict(groups)["UTC"] == [("UTC", "UTC")]
