"""GeoJSON is written by the database, the tables by us: both say the same of every site, and so does a parser."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from directory.exports import Download
from geoparks.models import Geopark
from geoparks.views import geopark_download
from reserves.models import BiosphereReserve
from reserves.views import reserve_download
from tests.factories import BiosphereReserveFactory

KINDS = [(BiosphereReserve, reserve_download), (Geopark, geopark_download)]
ODD = [
    'say "no"',
    "back\\slash",
    "two\nlines\tand a tab",
    "</script><!--",
    "\u2028",
    "\x7f\x0b",
    "𠮷野 👍",
    "{a,b}",
    "NULL",
    "",
]


def assert_alike(download: Download) -> int:
    """Every feature the same, with the same columns in the same order and whole numbers as whole numbers."""
    written = [json.loads(text) for text in download.geojson or ()]
    for feature, read in zip(written, download.features, strict=True):
        assert list(feature["properties"].items()) == list(read.values.items())
        assert list(feature["properties"]) == list(download.columns)
        assert [type(value) for value in feature["properties"].values()] == [
            type(value) for value in read.values.values()
        ]
        assert (feature["type"], feature["id"]) == ("Feature", read.id)
        place = {"type": "Point", "coordinates": list(read.point)} if read.point else None
        assert feature["geometry"] == place
    return len(written)


@pytest.mark.parametrize(("model", "download"), KINDS)
def test_every_site_of_the_network_is_written_alike(
    network_data: None, db: None, model: type[Model], download: Any
) -> None:
    sites = model._default_manager.published()  # type: ignore[attr-defined]
    assert assert_alike(download(sites)) == sites.count() > 70


@pytest.mark.parametrize("text", ODD)
def test_any_text_is_written_alike(db: None, text: str) -> None:
    site = BiosphereReserveFactory(slug="made-up", name=text, summary=text, sources=[text, "b"], admin_region=text)
    site.names.create(name=text or "x", kind="local")
    site.names.create(name=text or "y", kind="alias")
    assert assert_alike(reserve_download(BiosphereReserve.objects.filter(pk=site.pk))) == 1


@pytest.mark.parametrize("number", ["0.01", "1", "10", "1133.40", "9999999999.99", "1200000000"])
def test_any_number_is_written_alike(db: None, number: str) -> None:
    site = BiosphereReserveFactory(
        area_ha=Decimal(number), core_ha=Decimal(number) - Decimal("0.01"), latitude=Decimal("-0.00001"),
        longitude=Decimal(-180), extension_years=[2016], confirmed_at=dt.datetime(2026, 3, 1, 23, 59, tzinfo=dt.UTC),
    )  # fmt: skip
    sites = BiosphereReserve.objects.filter(pk=site.pk)
    assert assert_alike(reserve_download(sites)) == 1
    read = next(iter(reserve_download(sites).features)).values
    assert (read["area_ha"], read["confirmed_on"]) == (float(number), "2026-03-01")


def test_comparison_as_geojson_keeps_the_order_of_the_address(client: Client, db: None) -> None:
    for slug in ("one", "two"):
        BiosphereReserveFactory(slug=slug)
    answer = client.get("/compare/export.geojson?site=reserve:two&site=reserve:one")
    content = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert [feature["id"] for feature in content["features"]] == ["reserve:two", "reserve:one"]
