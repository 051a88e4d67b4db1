"""GeoJSON is written by the database, the tables by us: both say the same of every site, and so does a parser."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from geoparks.models import Geopark
from geoparks.views import geopark_download
from records.listing.exports import Download
from reserves.models import BiosphereReserve
from reserves.views import reserve_download
from tests.factories import BiosphereReserveFactory, GeoparkFactory

pytestmark = pytest.mark.sweep

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


def geojson(client: Client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["/sites/export.geojson", "/reserves/export.geojson", "/geoparks/export.geojson"])
def test_whole_download_is_kept_until_anything_changes(client: Client, db: None, address: str) -> None:
    reserve, geopark = BiosphereReserveFactory(name="Reserve A"), GeoparkFactory(name="Geopark A")
    reserve.names.create(name="Alias A")
    geopark.overlapping_reserves.add(reserve)
    first = geojson(client, address)
    with CaptureQueriesContext(connection) as asked:
        assert geojson(client, address) == first
    assert len(asked) == 1  # the version of the data, for table and download
    for change in (
        lambda: BiosphereReserve.objects.filter(pk=reserve.pk).update(name="Reserve B", slug="b"),
        lambda: Geopark.objects.filter(pk=geopark.pk).update(name="Geopark B"),
        lambda: reserve.names.update(name="Alias B"),
        lambda: Geopark.objects.filter(pk=geopark.pk).update(published=False),
        lambda: BiosphereReserve.objects.filter(pk=reserve.pk).update(published=False),
    ):
        change()
        changed = geojson(client, address)
        cache.clear()
        assert changed == geojson(client, address)
    assert changed != first


def test_narrowed_or_ordered_download_is_not_taken_from_the_whole(client: Client, network_data: None, db: None) -> None:
    for number, area in (("one", 10), ("two", 1000)):
        BiosphereReserveFactory(slug=number, name=number, area_ha=Decimal(area), states=["MN"])
    one, two = "reserve:one", "reserve:two"  # among those of the network
    ids = [
        [feature["id"] for feature in json.loads(geojson(client, f"/reserves/export.geojson{query}"))["features"]]
        for query in ("", "?area_min=500", "?sort=largest", "?state=MN", "?state=JP")
    ]
    ids = [[each for each in found if each in (one, two)] for found in ids]
    assert ids == [[one, two], [two], [two, one], [one, two], []]
