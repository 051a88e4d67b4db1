"""The list of every kind of page is complete: a page that stands in no list would be looked at by no test."""

from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from search import index as search_index
from tests.factories import EventFactory, TrainingFactory

from . import every_page

pytestmark = pytest.mark.sweep

LISTED = [every_page.PUBLIC, *every_page.OWN.values()]


def test_every_address_is_listed() -> None:
    pages = {name for group in LISTED for name in group} | every_page.PERSONAL | every_page.OF_ONE
    assert pages.isdisjoint(every_page.FILES.keys() | every_page.NO_PAGES)
    assert pages | every_page.FILES.keys() | every_page.NO_PAGES == every_page.names()


def test_listed_addresses_are_of_the_kind_they_stand_for() -> None:
    wrong = {
        address: name
        for group in LISTED
        for name, addresses in group.items()
        for address in addresses
        if resolve(address.partition("?")[0].replace("/mn/", "/")).view_name != name
    }
    assert wrong == {}
    assert all(addresses for group in LISTED for addresses in group.values())


# What the same kind of page shows in its different states, so that none of them is a page of another state
SHOWN = {
    "/mn/": "not yet available",
    "/reserves/?page=6": 'class="entry"',
    "/reserves/?state=JP&ecosystem=mountain": 'class="chip"',
    f"/reserves/?q={every_page.TERMS}": "No site is found by these filters",
    "/reserves/?year_min=x": "There is a problem",
    "/search/?q=lake&kind=geopark": "records found",
    f"/search/?q={every_page.TERMS}": "Nothing found",
    "/search/?q=khuvsgol": "Did you mean",
    f"/events/?q={every_page.TERMS}": "No event is found",
    f"/trainings/?q={every_page.TERMS}": "No training is found",
    f"/documents/?q={every_page.TERMS}": "No document is found",
    "/events/idbr-2025-eabrn-30/": ">Held<",
    "/programmes/offer-water/": "Ask the secretariat",
}


@pytest.mark.django_db
def test_listed_addresses_show_what_they_are_listed_for(network_data: None, client: Client) -> None:
    listed = {address for addresses in every_page.PUBLIC.values() for address in addresses}
    assert SHOWN.keys() <= listed
    search_index.refresh()
    pages = {address: client.get(address).content.decode() for address in SHOWN}
    assert [address for address, words in SHOWN.items() if words not in pages[address]] == []


@pytest.mark.django_db
def test_files_are_no_pages(network_data: None, client: Client) -> None:
    EventFactory(slug="coming")
    TrainingFactory(slug="coming")

    def kind(address: str) -> tuple[int, str]:
        response: Any = client.get(address)
        return response.status_code, response["Content-Type"].partition(";")[0]

    answers = {address: kind(address) for address in every_page.FILES.values()}
    assert {
        address: answer for address, answer in answers.items() if answer[0] != 200 or answer[1] == "text/html"
    } == {}
