"""What the cache of pages keeps: nothing about a person, nothing at an address that is a key, and no more than there is."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from accounts.models import Person
from eabrn_portal import page_cache
from eabrn_portal.middleware import KEYS
from events.models import Registration
from events.places import signed_links
from search import index as search_index
from tests.factories import EventFactory, MemberStateFactory, RegistrationFactory, TrainingFactory
from tests.people import signed_in
from trainings.models import Certificate

from . import every_page

pytestmark = pytest.mark.django_db
# What else an address may name: a record, a kind, a format, a place on the map
HARMLESS = {
    "slug", "name", "ending", "pk", "zoom", "column", "row", "service", "kind", "person", "place", "material", "topic", "code",
    "mail",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test is one transaction that never ends, under which nothing would be kept."""
    settings.PAGE_CACHE_SECONDS = 60
    version = page_cache.data_version
    monkeypatch.setattr(page_cache, "data_version", lambda: page_cache.Version(version().number))


def kept(of: str = "") -> set[str]:
    return {key for key in cache._cache if of in key}  # type: ignore[attr-defined]


def is_for_nobody(response: Any) -> bool:
    return {"private", "no-store"} <= {word.strip() for word in response.get("Cache-Control", "").split(",")}


def test_every_part_of_an_address_is_a_key_or_harmless() -> None:
    paths = [str(path) for path in _paths(get_resolver().url_patterns, "")]
    parts = {part for path in paths for part in re.findall(r"<(?:\w+:)?(\w+)>", path)}
    assert parts.isdisjoint(KEYS & HARMLESS)
    assert parts <= KEYS | HARMLESS, "Say of the new part whether whoever has the address has a key to something."
    assert parts >= KEYS


def _paths(entries: list[Any], before: str) -> list[str]:
    found = []
    for entry in entries:
        path = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            found += [] if entry.app_name == "admin" else _paths(entry.url_patterns, path)
        else:
            found.append(path)
    return found


def test_kept_kinds_are_public_pages_without_a_key() -> None:
    assert every_page.PUBLIC.keys() >= page_cache.PAGES
    with_key = {
        name
        for name in page_cache.PAGES
        for key in KEYS
        if f"<str:{key}>" in str(get_resolver().reverse_dict.getlist(name))
    }
    assert with_key == set()


@pytest.mark.sweep
def test_walk_over_all_pages_keeps_the_public_ones_alone(network_served: None) -> None:
    search_index.refresh()
    leaving: dict[str, bool] = {}
    for name, addresses in {**every_page.PUBLIC, **every_page.personal_pages(), **listed(every_page.FILES)}.items():
        for address in addresses:
            before = kept("page:")
            response = Client().get(address)
            left = bool(kept("page:") - before)
            assert left <= (name in page_cache.PAGES), address
            leaving[name] = leaving.get(name, False) or left
            if name in every_page.PERSONAL or name == "certificate":
                assert is_for_nobody(response), address
    assert {name for name, left in leaving.items() if left} == page_cache.PAGES


def listed(files: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {name: (address,) for name, address in files.items()}


def test_place_that_was_given_back_is_read_as_it_is_now() -> None:
    for state in (Registration.State.CANCELLED, Registration.State.EXPIRED):
        registration = RegistrationFactory(event=EventFactory(format="online"), state=state)
        address = signed_links.place_url(registration)
        first = Client().get(address)
        Registration.objects.filter(pk=registration.pk).update(state=Registration.State.CONFIRMED)
        second = Client().get(address)
        assert is_for_nobody(first)
        assert is_for_nobody(second)
        assert second.content != first.content
    assert kept("page:") == set()


def test_check_of_a_certificate_names_a_person_and_is_kept_nowhere() -> None:
    number = "EABRN-1"
    Certificate.objects.create(
        number=number, activity=TrainingFactory(), name="Bat-Erdene", title="Monitoring", dates="1 June"
    )
    for address in (f"/certificates/{number}/", "/certificates/EABRN-2/"):
        assert is_for_nobody(Client().get(address))
    assert kept("page:") == set()


@pytest.mark.parametrize("address", ["/", "/partners/", "/reserves/", "/me/", "/me/profile/", "/privacy/", "/nowhere/"])
def test_whatever_somebody_signed_in_reads_stays_with_them(stranger: Person, address: str) -> None:
    assert is_for_nobody(signed_in(stranger.user).get(address))


def test_answer_to_a_form_stays_with_who_sent_it() -> None:
    event = EventFactory(format="online")
    assert is_for_nobody(Client().post(f"/events/{event.slug}/register/", {"name": "Bat", "email": "no address"}))


@pytest.mark.parametrize(
    "address", ["/robots.txt", "/static/css/base.css", "/media/photos/x.jpg", "/api/", "/nowhere/"]
)
def test_for_what_is_no_page_the_number_of_changes_is_not_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(page_cache, "data_version", lambda: asked.append(1) or page_cache.Version(1))
    Client().get(address)
    assert asked == []


@pytest.mark.parametrize("said", ["private", "no-store", "no-cache", "max-age=0, must-revalidate", "public, No-Store"])
def test_cache_obeys_what_an_answer_says(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def answering(request: Any) -> Any:
        response = view(request)
        response.headers["Cache-Control"] = said
        return response

    view = get_resolver().resolve("/about/").func
    pattern = next(
        one
        for part in get_resolver().url_patterns
        for one in getattr(part, "url_patterns", [part])
        if getattr(one, "name", "") == "about"
    )
    monkeypatch.setattr(pattern, "callback", answering)
    Client().get("/about/")
    assert kept("page:") == set()


def test_answer_that_differs_by_another_header_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "VARIES", frozenset({"cookie"}))
    Client().get("/about/")
    assert kept("page:") == set()


@pytest.mark.sweep
@pytest.mark.parametrize(
    "address",
    [
        "/reserves/?zzz={n}", "/reserves/?q=lake{n}", "/reserves/?page={n}", "/reserves/?page=0{n}", "/reserves/?state=MN&state={n}",
        "/reserves/?area_min={n}.5", "/reserves/?year_min=19{n}&year_max=20{n}&x=1", "/reserves/?state=MN{blanks}",
        "/partners/?utm_source={n}", "/events/?zone=Asia/Tokyo&q={n}", "/events/?q={n}", "/trainings/?zone=x{n}", "/search/?q=word{n}", "/map/?q=lake{n}",
        "/map/?utm={n}", "/compare/?site=reserve:{n}", "/about/?{n}", "/?fbclid={n}", "/calendar/?{n}=1", "/statistics/?table={n}",
        "/documents/?q={n}", "/reserves/uvs/?from={n}", "/mn/?from={n}", "/?{n}", "/certificates/EABRN-{n}/", "/nowhere{n}/",
    ],
)  # fmt: skip
def test_many_addresses_that_somebody_thinks_up_leave_few_keys(address: str) -> None:
    EventFactory(title="Lake 1")
    TrainingFactory(title="Lake 2")
    size = []
    for n in range(10, 160 if "zzz" in address else 40):
        Client().get(address.format(n=n, blanks="&q=" * (n - 10)))
        size.append(len(kept()))
    assert len(kept("page:")) <= 1
    assert size[-1] - size[0] <= 1, kept()


def test_names_of_the_portal_and_ports_without_end_leave_one_page_each(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", ".portal.example"]
    for n in range(30):
        assert Client().get("/about/", headers={"host": f"testserver:{n + 1}"}).status_code == 200
        assert Client().get("/about/", headers={"host": f"name{n}.portal.example"}).status_code == 200
    assert kept("page:") == set()
    Client().get("/about/")
    assert len(kept("page:")) == 1


@pytest.mark.parametrize("query", ["", "state=MN", "state=MN&page=1", "status=designated&sort=newest", "year_min=1990"])
def test_filters_that_many_choose_are_kept(query: str) -> None:
    MemberStateFactory(code="MN")
    Client().get(f"/reserves/?{query}")
    pages = kept("page:")
    Client().get(f"/reserves/?{query.replace('MN', '%4DN')}")
    assert len(pages) == len(kept("page:")) == 1
