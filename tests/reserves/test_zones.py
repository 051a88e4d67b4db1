"""Zones and total: what is known is compared, what is not is said."""

from decimal import Decimal

import pytest

from reserves.models import BiosphereReserve
from reserves.zones import area_sentence, zone_table

NO = None


def reserve(total: str | None, core: str | None, buffer: str | None, transition: str | None) -> BiosphereReserve:
    numbers = [None if text is None else Decimal(text) for text in (total, core, buffer, transition)]
    return BiosphereReserve(area_ha=numbers[0], core_ha=numbers[1], buffer_ha=numbers[2], transition_ha=numbers[3])


@pytest.mark.parametrize(
    ("total", "zones", "sentence"),
    [
        ("387194", ("39951", "72286", "274957"), "Equals the sum of the three zones."),
        ("387195", ("39951", "72286", "274957"), "Equals the sum of the three zones, but for rounding."),
        ("400000", ("39951", "72286", "274957"), "Differs from the sum of the three zones, 387,194 ha."),
        ("300000", ("39951", "72286", "274957"), "Differs from the sum of the three zones, 387,194 ha."),
        ("80", ("50", "30", NO), "Equals the sum of the zones that are known."),
        ("100", ("50", "30", NO), "The zones that are known add up to 80 ha; the rest is not known."),
        ("70", ("50", "30", NO), "The zones that are known add up to 80 ha, more than the total."),
        (NO, ("50", "30", "20.5"), "The three zones add up to 100.5 ha."),
        (NO, ("50", NO, NO), "The zones that are known add up to 50 ha."),
        ("100", (NO, NO, NO), "The areas of the zones are not known."),
        (NO, (NO, NO, NO), "The areas of the zones are not known."),
    ],
)
def test_area_sentence(total: str | None, zones: tuple[str | None, ...], sentence: str) -> None:
    assert area_sentence(zone_table(reserve(total, *zones))) == sentence


@pytest.mark.parametrize(
    ("total", "zones", "shares"),
    [
        ("100", ("10", "20", "70"), ["10.0\u00a0%", "20.0\u00a0%", "70.0\u00a0%"]),
        ("500", ("10", "20", "70"), ["10.0\u00a0%", "20.0\u00a0%", "70.0\u00a0%"]),  # of the zones, not of the total
        ("100", ("10", "20", NO), ["10.0\u00a0%", "20.0\u00a0%", ""]),  # of the total, since a zone is missing
        ("20", ("10", "20", NO), ["", "", ""]),  # the zones overfill the total
        (NO, ("10", NO, NO), ["", "", ""]),
        ("100", ("0", "0", "0"), ["", "", ""]),
    ],
)
def test_shares(total: str | None, zones: tuple[str | None, ...], shares: list[str]) -> None:
    assert [zone.per_cent for zone in zone_table(reserve(total, *zones)).zones] == shares
