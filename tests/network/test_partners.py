"""Partners: the list and its filter, the page and what it links."""

import pytest
from django.test import Client

from network.models import ProgrammePartner
from tests.factories import EventFactory, PartnerFactory, ProgrammeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_kept")]


def names(client: Client, **query: str | list[str]) -> list[str]:
    return [partner.name for partner in client.get("/partners/", query).context["page_obj"]]


def test_list_is_narrowed_by_kind_state_and_words(client: Client) -> None:
    PartnerFactory(name="Institute of Lakes", kind="academia", states=["MN"])
    PartnerFactory(name="Institute of Seas", kind="academia", states=["JP"], aliases=["Umi"])
    PartnerFactory(name="Friends of Lakes", kind="NGO", states=["MN", "RU"])
    PartnerFactory(name="Hidden Lakes", kind="NGO", states=["MN"], published=False)
    assert names(client) == ["Friends of Lakes", "Institute of Lakes", "Institute of Seas"]
    assert names(client, kind="academia") == ["Institute of Lakes", "Institute of Seas"]
    assert names(client, kind=["academia", "NGO"], state="RU") == ["Friends of Lakes"]
    assert names(client, state=["JP", "RU"]) == ["Friends of Lakes", "Institute of Seas"]
    assert names(client, q="lakes institute") == ["Institute of Lakes"]
    assert names(client, q="umi") == ["Institute of Seas"]
    assert names(client, sort="kind") == ["Friends of Lakes", "Institute of Lakes", "Institute of Seas"]


def test_list_asks_for_the_name_first_as_every_list_does(client: Client) -> None:
    assert [*client.get("/partners/").context["form"].fields] == ["q", "state", "kind", "sort"]


@pytest.mark.parametrize("query", [{"kind": "guild"}, {"state": "XX"}, {"sort": "-pk"}, {"q": "x" * 201}])
def test_list_with_a_wrong_value_shows_its_error_and_nothing_else(client: Client, query: dict[str, str]) -> None:
    PartnerFactory(states=["MN"])
    response = client.get("/partners/", query)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == list(query)
    assert list(response.context["page_obj"]) == []
    assert "There is a problem" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "9" * 20, "１"])
def test_list_unknown_page_is_404(client: Client, page: str) -> None:
    PartnerFactory()
    assert client.get("/partners/", {"page": page}).status_code == 404


def test_list_query_count_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for number in (1, 2):
        PartnerFactory.create_batch(number, states=["MN", "JP"])
        with django_assert_num_queries(4):
            client.get("/partners/")
        with django_assert_num_queries(3):  # the version of the data instead of the states
            client.get("/partners/")


def test_page_links_programmes_and_events_both_ways(client: Client) -> None:
    partner, programme = PartnerFactory(name="Institute"), ProgrammeFactory(name="Lakes")
    ProgrammePartner.objects.create(partner=partner, programme=programme, role="Host")
    event = EventFactory(title="Meeting")
    event.involvements.create(partner=partner, role="organiser")
    event.involvements.create(partner=partner, role="funder")
    page = client.get(partner.get_absolute_url())
    (panel,) = page.context["panels"]
    assert (panel.key, [one.title for one in panel.context["activities"]]) == ("events", ["Meeting"])
    assert f'href="{programme.get_absolute_url()}">Lakes</a>' in page.content.decode()
    assert (
        f'href="{partner.get_absolute_url()}">Institute</a>'
        in client.get(programme.get_absolute_url()).content.decode()
    )
    assert f'href="{partner.get_absolute_url()}">Institute</a>' in client.get(event.get_absolute_url()).content.decode()


def test_page_folds_all_but_the_latest_events(client: Client) -> None:
    partner = PartnerFactory()
    for event in EventFactory.create_batch(10):
        event.involvements.create(partner=partner)
    (panel,) = client.get(partner.get_absolute_url()).context["panels"]
    assert (len(panel.context["activities"]), len(panel.context["folded"]), panel.note) == (8, 2, "10 on record.")


def test_page_of_a_partner_not_published_is_not_found(client: Client) -> None:
    assert client.get(PartnerFactory(published=False).get_absolute_url()).status_code == 404
