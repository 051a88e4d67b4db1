"""The search over everything."""

import pytest
from django.test import Client

from tests.factories import BiosphereReserveFactory, DocumentFactory, EventFactory, PartnerFactory

pytestmark = pytest.mark.django_db


def test_search_finds_a_site_by_a_name_in_another_script(client: Client) -> None:
    BiosphereReserveFactory(name="Changbaishan").names.create(name="长白山", kind="local", language="zh-Hans")
    BiosphereReserveFactory(name="Wolong")
    context = client.get("/search/", {"q": "长白"}).context
    assert [str(hit) for group in context["groups"] for hit in group["hits"]] == ["Changbaishan"]


def test_search_groups_by_kind_and_counts(client: Client) -> None:
    PartnerFactory(name="Jeju Province")
    EventFactory(title="Meeting on Jeju", status="held")
    EventFactory(title="Draft on Jeju", status="draft")
    DocumentFactory(title="Jeju Declaration", published=False)
    context = client.get("/search/", {"q": "jeju"}).context
    assert {group["source"].key: group["count"] for group in context["groups"]} == {"partner": 1, "event": 1}
    assert context["found"] == 2


def test_search_of_one_kind_has_pages(client: Client) -> None:
    for number in range(27):
        PartnerFactory(name=f"Institute {number:02}")
    page = client.get("/search/", {"q": "institute", "kind": "partner", "page": "2"}).context["page_obj"]
    assert [str(hit) for hit in page] == ["Institute 25", "Institute 26"]


@pytest.mark.parametrize("page", ["0", "3", "x", "-1", "9" * 30, "１"])
def test_search_unknown_page_is_404(client: Client, page: str) -> None:
    PartnerFactory(name="Institute")
    assert client.get("/search/", {"q": "institute", "kind": "partner", "page": page}).status_code == 404


def test_search_without_words_asks_for_them(client: Client) -> None:
    response = client.get("/search/")
    assert response.status_code == 200
    assert "groups" not in response.context


def test_search_for_what_is_not_there_says_so(client: Client) -> None:
    assert "Nothing found." in client.get("/search/", {"q": "zzz"}).content.decode()


def test_search_too_long_or_of_unknown_kind_shows_the_error(client: Client) -> None:
    for query in ({"q": "a" * 10_000}, {"q": "a", "kind": "volcano"}):
        response = client.get("/search/", query)
        assert response.status_code == 200
        assert response.context["form"].errors
        assert "error-text" in response.content.decode()
