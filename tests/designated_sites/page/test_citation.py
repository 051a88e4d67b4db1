"""How a site is cited: text on the page, files for reference managers."""

import datetime as dt

import pytest
from django.test import Client

from designated_sites.models import SiteRedirect
from designated_sites.page.citation import Citation
from geoparks.models import Geopark
from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory, GeoparkFactory

DAY = dt.datetime(2026, 5, 3, 23, 0, tzinfo=dt.UTC)


@pytest.fixture
def sites(db: None) -> None:
    reserve, geopark = BiosphereReserveFactory(slug="aya", name="Aya & Co_1"), GeoparkFactory(slug="aso", name="Aso")
    BiosphereReserve.objects.filter(pk=reserve.pk).update(updated_at=DAY)
    Geopark.objects.filter(pk=geopark.pk).update(updated_at=DAY)


def test_page_says_how_to_cite(client: Client, sites: None) -> None:
    response = client.get("/geoparks/aso/")
    assert response.context["citation"].text == (
        "East Asian Biosphere Reserve Network (2026): Aso, geopark. Record last changed on 4 May 2026. "
        "http://localhost:8000/geoparks/aso/"
    )
    text = response.content.decode()
    assert '<a href="/geoparks/aso.bib" download>BibTeX</a>' in text
    assert '<a href="/geoparks/aso.ris" download>RIS</a>' in text


def test_bibtex_is_one_entry_with_the_signs_of_tex_masked(client: Client, sites: None) -> None:
    response = client.get("/reserves/aya.bib")
    assert (response.status_code, response["Content-Type"]) == (200, "application/x-bibtex; charset=utf-8")
    assert response["Content-Disposition"] == 'attachment; filename="aya.bib"'
    assert response.content.decode() == (
        "@misc{eabrn-reserve-aya,\n"
        "  author = {{East Asian Biosphere Reserve Network}},\n"
        "  title = {{Aya \\& Co\\_1, biosphere reserve}},\n"
        "  publisher = {East Asian Biosphere Reserve Network},\n"
        "  year = {2026},\n"
        "  url = {http://localhost:8000/reserves/aya/},\n"
        "  note = {Record last changed on 2026-05-04},\n"
        "}\n"
    )


def test_ris_has_a_tag_in_every_line(client: Client, sites: None) -> None:
    response = client.get("/geoparks/aso.ris")
    assert response["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert response.content.decode().split("\r\n") == [
        "TY  - ELEC",
        "ID  - eabrn-geopark-aso",
        "AU  - East Asian Biosphere Reserve Network",
        "TI  - Aso, geopark",
        "PB  - East Asian Biosphere Reserve Network",
        "PY  - 2026",
        "DA  - 2026/05/04",
        "UR  - http://localhost:8000/geoparks/aso/",
        "ER  - ",
        "",
    ]


def test_kind_is_not_said_twice(client: Client, sites: None) -> None:
    GeoparkFactory(slug="jeju", name="Jeju UNESCO Global Geopark")
    assert "TI  - Jeju UNESCO Global Geopark\r\n" in client.get("/geoparks/jeju.ris").content.decode()


def test_name_can_break_out_of_neither_format() -> None:
    citation = Citation("key", "A}\r\nER  - \\input{x}", "P", "https://example.org/", DAY.date())
    assert citation.ris.count("\r\n") == 9
    assert "{{A\\}\r\nER  - \\textbackslash{}input\\{x\\}}}" in citation.bibtex


@pytest.mark.parametrize("ending", ["bib", "ris"])
def test_hidden_and_unknown_sites_have_no_citation_and_old_addresses_do(
    client: Client, sites: None, ending: str
) -> None:
    BiosphereReserveFactory(slug="hidden", published=False)
    SiteRedirect.objects.create(site=BiosphereReserve.objects.get(slug="aya"), old_slug="old")
    answers = {
        slug: client.get(f"/reserves/{slug}.{ending}").status_code for slug in ("hidden", "nowhere", "old", "aso")
    }
    assert answers == {"hidden": 404, "nowhere": 404, "old": 200, "aso": 404}


def test_other_endings_are_not_found_and_downloads_keep_theirs(client: Client, sites: None) -> None:
    assert client.get("/reserves/aya.txt").status_code == 404
    assert client.get("/reserves/export.csv").status_code == 200
    assert client.post("/reserves/aya.bib").status_code == 405
