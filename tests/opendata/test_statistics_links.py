"""Every number of the statistics leads to the list that proves it, with the network's real data and some made-up traps."""

import re

import pytest
from django.test import Client

from tests.factories import BiosphereReserveFactory, EventFactory, TrainingFactory

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
LINK = re.compile(r'<a href="(/[^"]*)">([\d,]+)</a>')
# All lists that figures are counted from must be among those followed.
LISTS = {"/reserves/", "/geoparks/", "/events/", "/trainings/"}


def traps() -> None:
    """What a figure that is counted otherwise than its list would give away."""
    states = ["MN", "KZ"]
    whole = EventFactory(states=states, participants=5)
    EventFactory(states=states, part_of=whole)
    EventFactory(states=states, is_sample=True)
    EventFactory(states=states, status="cancelled")
    EventFactory(states=states, status="draft")
    EventFactory(states=states, published=False)
    TrainingFactory(states=states, is_sample=True)
    TrainingFactory(states=states, status="cancelled")
    TrainingFactory(states=states, participants=30)
    BiosphereReserveFactory(states=states, status="withdrawn", area_ha="10000")
    BiosphereReserveFactory(states=states, area_ha="10000", other_designations=["ramsar"])
    BiosphereReserveFactory(states=states, area_ha="9999.99")
    BiosphereReserveFactory(states=states, published=False)


def test_every_number_equals_what_its_list_finds(network_data: None, client: Client) -> None:
    traps()
    html = client.get("/statistics/").content.decode().split("<main")[1].split("</main>")[0]
    links = [(url.replace("&amp;", "&"), int(number.replace(",", ""))) for url, number in LINK.findall(html)]
    found = {url: client.get(url).context["found"] for url, _number in links}
    assert [(url, number, found[url]) for url, number in links if number != found[url]] == []
    assert {url.partition("?")[0] for url in found} == LISTS
    assert len(found) > 150


def test_series_counts_once_in_its_year(network_data: None, client: Client) -> None:
    """The webinars of 2021: seven records that are parts of an eighth."""
    line = next(line for line in client.get("/statistics/").context["years"] if line.year == 2021)
    found = {
        address: client.get(address).context["found"]
        for address in ("/events/?year=2021", "/events/?year=2021&counted=true")
    }
    assert list(found.values()) == [12, 5]
    assert line.events.number == 5
