"""Pages kept for readers who are not signed in: the same answer, and never one that a change has made untrue."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from eabrn_portal import page_cache
from network.models import Partner
from tests.factories import PartnerFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test is one transaction that never ends, under which nothing would be kept."""
    settings.PAGE_CACHE_SECONDS = 60
    version = page_cache.data_version
    monkeypatch.setattr(page_cache, "data_version", lambda: page_cache.Version(version().number))


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_second_reader_gets_the_same_page_with_one_query(client: Client) -> None:
    PartnerFactory(name="Institute of Botany")
    first = client.get("/partners/")
    assert queries(Client(), "/partners/") == 1
    again = Client().get("/partners/")
    assert again.content == first.content
    for name in ("Content-Type", "Content-Language", "Content-Security-Policy", "X-Frame-Options", "Vary"):
        assert again[name] == first[name], name


def test_change_by_whomever_ends_the_kept_page(client: Client) -> None:
    PartnerFactory(name="Institute of Botany")
    client.get("/partners/")
    Partner.objects.update(name_en="Academy of Lakes")
    assert "Academy of Lakes" in client.get("/partners/").content.decode()


def test_page_of_another_query_or_language_is_another(client: Client) -> None:
    PartnerFactory(name="Institute of Botany")
    assert "Institute of Botany" in client.get("/partners/").content.decode()
    assert "Institute of Botany" not in client.get("/partners/?kind=media").content.decode()
    assert "日本語" in client.get("/ja/partners/").content.decode()


def test_who_is_signed_in_never_gets_a_kept_page_nor_leaves_one(stranger: Person) -> None:
    mine = signed_in(stranger.user)
    page = mine.get("/partners/").content.decode()
    assert stranger.user.email in page or "/accounts/logout/" in page or "/me/" in page
    assert "/accounts/login/" in Client().get("/partners/").content.decode()
    assert mine.get("/partners/").content.decode() == page


@pytest.mark.parametrize("path", ["/accounts/login/", "/.well-known/security.txt", "/contact/nowhere/"])
def test_pages_with_a_cookie_errors_and_data_are_not_kept(path: str) -> None:
    Client().get(path)
    assert queries_of_kept(path) == []


def queries_of_kept(path: str) -> list[str]:
    return [key for key in page_cache.cache._cache if "page:" in key]


def test_nothing_is_kept_while_a_change_is_under_way(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "data_version", lambda: page_cache.Version(1, frozenset({"3/14"})))
    client.get("/partners/")
    assert queries_of_kept("/partners/") == []


def test_cache_that_is_down_breaks_no_page(client: Client, settings: Any, tmp_path: Path) -> None:
    nowhere = f"unix://{tmp_path}/redis.sock"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}}
    assert client.get("/partners/").status_code == 200
