"""Addresses that must answer, with the network's real data. tests/stack/test_every_link.py follows every link there is."""

from collections import deque
from typing import Any

import pytest
from django.test import Client

from history.models import Change
from network.models import Partner
from reserves.models import BiosphereReserve

pytestmark = [pytest.mark.sweep, pytest.mark.django_db, pytest.mark.usefixtures("no_contexts")]


def read(response: Any) -> None:
    """A download holds a file until it is read to its end."""
    if response.streaming:
        deque(response.streaming_content, maxlen=0)


CONTRACT = [
    "/",
    "/reserves/",
    "/reserves/khuvsgul-lake/",
    "/geoparks/",
    "/geoparks/arxan/",
    "/sites/",
    "/map/",
    "/compare/?site=reserve:khuvsgul-lake&site=geopark:arxan",
    "/member-states/",
    "/member-states/MN/",
    "/partners/",
    "/partners/unesco-almaty/",
    "/programmes/",
    "/programmes/eabrn/",
    "/documents/",
    "/documents/tec3fsi/",
    "/events/",
    "/events/eabrn-founding-meeting-1995/",
    "/events/eabrn-founding-meeting-1995/register/",
    "/events/eabrn-8-hustai-2003.ics",
    "/trainings/",
    "/trainings/eabrn-training-5-changbaishan-2012/",
    "/trainings/eabrn-training-5-changbaishan-2012/apply/",
    "/trainings/eabrn-training-5-changbaishan-2012.ics",
    "/calendar.ics",
    "/calendar.ics?state=MN",
    "/calendar/",
    "/search/?q=%E9%95%BF%E7%99%BD%E5%B1%B1",
    "/statistics/",
    "/feed.atom",
    "/accounts/login/",
    "/accounts/signup/",
    "/certificates/",
    "/about/",
    "/contact/",
    "/privacy/",
    "/accessibility/",
    "/security/",
    "/terms/",
    "/api/",
    "/api/ogc/",
    "/.well-known/security.txt",
    "/robots.txt",
    "/sitemap.xml",
    "/reserves/export.csv",
    "/reserves/export.xlsx",
    "/reserves/export.geojson",
    "/reserves/export.kml",
    "/ja/",
    "/ja/reserves/",
    "/zh-hans/",
    "/ko/events/",
    "/mn/trainings/",
    "/ru/about/",
    "/kk/",
]


def status(client: Client, address: str) -> int:
    response = client.get(address)
    read(response)
    return response.status_code


def test_addresses_of_the_contract_answer(network_data: None, client: Client) -> None:
    answers = {address: status(client, address) for address in CONTRACT}
    assert {address: status for address, status in answers.items() if status != 200} == {}


def test_addresses_for_those_with_a_key_ask_for_it(network_data: None, client: Client) -> None:
    assert client.get("/me/").status_code == 302
    assert client.get("/admin/").status_code == 302
    assert client.get("/join/unknown/").status_code == 404
    assert client.get("/certificates/EABRN-0000/").status_code == 404


def test_language_that_is_not_complete_shows_english_and_says_so(network_data: None, client: Client) -> None:
    response = client.get("/mn/reserves/")
    text = response.content.decode()
    assert '<html lang="en"' in text
    assert "Монгол" in text
    assert response["Content-Language"] == "en"


def test_import_leaves_its_rows_in_the_history(network_data: None) -> None:
    """By nobody who is signed in, with the reason; the relation to member states is in it, too."""
    for model in (BiosphereReserve, Partner):
        table = model._meta.db_table
        made = Change.objects.filter(table_name=table, action="INSERT").values_list("key", "actor_id", "reason")
        expected = {(str(pk), None, "Loaded from the data files") for pk in model.objects.values_list("pk", flat=True)}
        assert (set(made), len(made)) == (expected, len(expected))
        links = model._meta.get_field("member_states")
        relations = Change.objects.filter(table_name=links.remote_field.through._meta.db_table, action="INSERT")
        codes_of_all = links.model.objects.values_list("state_codes", flat=True)
        assert relations.count() == sum(len(codes) for codes in codes_of_all)
