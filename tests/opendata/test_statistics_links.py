"""Every number of the statistics leads to the list that proves it, with the network's real data and some made-up traps."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.factories import BiosphereReserveFactory, EventFactory, TrainingFactory

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a href="(/[^"]*)">([\d,]+)</a>')
# All lists that figures are counted from must be among those followed.
LISTS = {"/reserves/", "/geoparks/", "/events/", "/trainings/"}


@pytest.fixture(scope="module")
def network_data(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for all tests of this file, each of which is undone within this transaction."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        call_command("load_network_data", verbosity=0)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


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
