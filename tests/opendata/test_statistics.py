"""The page of statistics: figures as the records give them, in the order and rounding a reader expects."""

import re

import pytest
from django.test import Client

from opendata.growth_chart import growth_chart
from tests.factories import BiosphereReserveFactory, GeoparkFactory, MemberStateFactory
from tests.look.pages import Page

pytestmark = pytest.mark.django_db
WORDS = ("3 reserves", "1 geopark")


def test_states_stand_by_name_and_nothing_has_no_link(client: Client) -> None:
    MemberStateFactory(code="KP", name="Democratic People's Republic of Korea")
    MemberStateFactory(code="JP", name="Japan")
    BiosphereReserveFactory(states=["JP"], area_ha="100.55")
    response = client.get("/statistics/")
    assert [line.state.code for line in response.context["states"]] == ["KP", "JP"]
    page = Page(response.content.decode())
    assert ("/reserves/?state=JP&status=designated", "1") in page.links()
    assert [url for url, _words in page.links() if "state=KP" in url] == []
    assert "100.55" not in page.text
    assert "101" in page.text


def test_every_region_has_a_name_of_its_own(client: Client) -> None:
    page = Page(client.get("/statistics/").content.decode())
    named = [region["aria-label"] for region in page.attributes("div") if region.get("role") == "region"]
    assert len(named) == len({*named}) > 0


def test_growth_is_drawn_as_it_is_told(client: Client) -> None:
    for year in (1980, 1980, 2002):
        BiosphereReserveFactory(designation_year=year)
    GeoparkFactory(designation_year=2002)
    text = client.get("/statistics/").content.decode()
    assert 'aria-label="Number of reserves and designated geoparks year by year, 1980 to 2002."' in text
    assert all(f"{words}</text>" in text for words in WORDS)


def test_line_rises_in_the_year_and_stays_level_in_between() -> None:
    svg = growth_chart([2000, 2009], [25, 50], [0, 0], WORDS, "Growth")
    line = re.search(r'class="line" d="([^"]*)"', svg)
    assert line is not None
    assert line[1] == "M44 290V153.0H697V16.0H770"
    assert 'class="line line-geopark" d=""' in svg  # no line before the first one
    assert growth_chart([], [], [], WORDS, "Growth") == ""
