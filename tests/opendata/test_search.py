"""The search over everything."""

import pytest
from django.test import Client

from opendata.search_page import finding
from records.formats.vocabulary import Language
from tests.factories import BiosphereReserveFactory, DocumentFactory, EventFactory, MemberStateFactory, PartnerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_kept")]


def titles(client: Client, **query: str) -> list[str]:
    return [str(line["hit"].record) for line in client.get("/search/", query).context["hits"]]


def test_search_finds_a_site_by_a_name_in_another_script(client: Client) -> None:
    BiosphereReserveFactory(name="Changbaishan").names.create(name="长白山", kind="local", language="zh-Hans")
    BiosphereReserveFactory(name="Wolong")
    assert titles(client, q="長白") == ["Changbaishan"]


@pytest.mark.parametrize("query", [{"q": "长白"}, {"q": "长白", "kind": "reserve"}])
def test_search_says_where_and_by_which_name_a_site_was_found(client: Client, query: dict[str, str]) -> None:
    MemberStateFactory(code="CN", name="China")
    BiosphereReserveFactory(name="Changbaishan", states=["CN"]).names.create(
        name="长白山", kind="local", language="zh-Hans"
    )
    text = client.get("/search/", query).content.decode()
    assert '<span class="what soft">China</span>' in text
    assert 'Local name (Chinese): <span lang="zh-Hans">长白山</span>' in text


def test_search_does_not_explain_what_is_plain(client: Client) -> None:
    BiosphereReserveFactory(name="Changbaishan")
    assert 'class="why"' not in client.get("/search/", {"q": "changbai"}).content.decode()


def test_search_puts_names_before_mentions_and_whole_names_first(client: Client) -> None:
    BiosphereReserveFactory(name="Uvs Nuur Basin", summary="Far from Khanka.")
    BiosphereReserveFactory(name="Lake Khanka")
    BiosphereReserveFactory(name="Khankaiskiy")
    EventFactory(title="Khanka", status="held")
    BiosphereReserveFactory(name="Xingkai Lake").names.create(name="Khanka", kind="former")
    assert titles(client, q="khanka") == ["Khanka", "Xingkai Lake", "Khankaiskiy", "Lake Khanka", "Uvs Nuur Basin"]


def test_search_counts_by_kind_and_leaves_out_what_is_not_public(client: Client) -> None:
    PartnerFactory(name="Jeju Province")
    EventFactory(title="Meeting on Jeju", status="held")
    EventFactory(title="Draft on Jeju", status="draft")
    DocumentFactory(title="Jeju Declaration", published=False)
    context = client.get("/search/", {"q": "jeju"}).context
    assert [(source.key, number) for source, number in context["kinds"]] == [("partner", 1), ("event", 1)]
    assert context["found"] == 2


def test_search_of_one_kind_has_pages(client: Client) -> None:
    for number in range(27):
        PartnerFactory(name=f"Institute {number:02}")
    DocumentFactory(title="Institute of nothing")
    assert titles(client, q="institute", kind="partner", page="2") == ["Institute 25", "Institute 26"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khuvsgl", ["Khuvsgul Lake"]),
        ("Khuvsgul Laek", ["Khuvsgul Lake"]),
        ("краноцкий", ["Кроноцкий"]),
        ("kronatskiy", ["Kronotskiy"]),
        ("zzzzzz", []),
        ("设乐山", []),
    ],
)
def test_search_that_finds_nothing_asks_what_was_meant(client: Client, typed: str, meant: list[str]) -> None:
    BiosphereReserveFactory(name="Khuvsgul Lake")
    BiosphereReserveFactory(name="Kronotskiy").names.create(name="Кроноцкий", kind="local", language="ru")
    response = client.get("/search/", {"q": typed})
    assert response.context["meant"] == meant
    for name in meant:
        assert titles(client, q=name)


@pytest.mark.parametrize("page", ["0", "3", "x", "-1", "9" * 30, "１"])
def test_search_unknown_page_is_404(client: Client, page: str) -> None:
    PartnerFactory(name="Institute")
    assert client.get("/search/", {"q": "institute", "kind": "partner", "page": page}).status_code == 404


def test_search_without_words_asks_for_them(client: Client) -> None:
    response = client.get("/search/")
    assert response.status_code == 200
    assert "hits" not in response.context


def test_search_for_what_is_not_there_says_so(client: Client) -> None:
    assert "Nothing found." in client.get("/search/", {"q": "zzz"}).content.decode()


def test_search_too_long_or_of_unknown_kind_shows_the_error(client: Client) -> None:
    for query in ({"q": "a" * 10_000}, {"q": "a", "kind": "volcano"}):
        response = client.get("/search/", query)
        assert response.status_code == 200
        assert response.context["form"].errors
        assert "error-text" in response.content.decode()


def test_search_knows_the_language_of_every_name() -> None:
    assert set(Language.values) - finding.LANGUAGES.keys() == set()
