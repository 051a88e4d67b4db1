"""The frame of every page: landmarks, navigation, languages, account, messages, error pages."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template
from django.test import Client, RequestFactory

from tests.look.pages import Page

pytestmark = pytest.mark.sweep

NAV = [{"url": "/reserves/", "label": "Reserves", "current": True}, {"url": "/map/", "label": "Map", "current": False}]
ENGLISH = {"code": "en", "name": "English", "url": "/", "current": True}
KOREAN = {"code": "ko", "name": "한국어", "url": "/ko/", "current": False}


def framed(user: Any = None, messages: Any = (), **facts: Any) -> Page:
    """base.html as drawn for a user."""
    frame = {"nav": NAV, "languages": [ENGLISH], "site_name": "The Network", "canonical": "https://eabrn.example/"}
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    context = {"frame": frame | facts, "messages": messages}
    return Page(get_template("base.html").render(context, request))


def person(is_staff: bool = False) -> SimpleNamespace:
    return SimpleNamespace(is_authenticated=True, is_staff=is_staff, is_active=True, email="bat@example.org")


def test_frame_has_its_landmarks_once_and_a_way_past_them() -> None:
    page = framed()
    assert page.attributes("html")[0]["lang"] == "en"
    assert [len(page.attributes(tag)) for tag in ("header", "main", "footer")] == [1, 1, 1]
    assert page.links()[0] == ("#main", "Skip to content")
    assert page.attributes("main")[0]["id"] == "main"
    assert page.repeated_ids() == []


def test_frame_marks_the_present_section() -> None:
    current = [link["href"] for link in framed().attributes("a") if link.get("aria-current")]
    assert current == ["/reserves/"]


def test_frame_shows_languages_by_their_own_names_once_there_are_several() -> None:
    assert "한국어" not in framed().text
    page = framed(languages=[ENGLISH, KOREAN])
    korean = next(link for link in page.attributes("a") if link.get("href") == "/ko/")
    assert (korean["lang"], korean["hreflang"]) == ("ko", "ko")
    assert "한국어" in page.text


def test_frame_says_that_a_language_is_still_to_come() -> None:
    sentence = "This page is not yet available in Монгол. It is shown in English."
    assert sentence not in framed().text
    page = framed(incomplete_language="Монгол", incomplete_code="mn")
    assert sentence in page.text
    assert [notice["aria-label"] for notice in page.attributes("aside")] == ["Language"]  # a landmark, as all of a page
    assert page.attributes("html")[0]["lang"] == "en"


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        (None, ["Sign in", "Create an account"]),
        (person(), ["My page", "Sign out"]),
        (person(is_staff=True), ["My page", "Admin", "Sign out"]),
    ],
)
def test_account_menu_offers_what_the_user_can_do(user: Any, expected: list[str]) -> None:
    words = {"Sign in", "Create an account", "My page", "Admin", "Sign out"}
    assert [label for _url, label in framed(user).links() if label in words] == expected


def test_messages_carry_icon_and_word_for_their_level() -> None:
    page = framed(messages=[SimpleNamespace(level_tag="error")])
    assert [notice["role"] for notice in page.with_class("notice-error")] == ["alert"]
    assert "Problem." in page.text
    page = framed(messages=[SimpleNamespace(level_tag="success")])
    assert len(page.with_class("notice-ok")) == 1
    assert "Done." in page.text


@pytest.mark.parametrize("name", ["400.html", "429.html", "500.html"])
def test_error_pages_need_no_request(name: str) -> None:
    page = Page(get_template(name).render())
    assert len(page.attributes("h1")) == 1
    assert ("/", "Go to the home page") in page.links()


def test_unknown_page_offers_search_and_navigation(client: Client, db: None) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    page = Page(response.content.decode())
    assert "Page not found" in page.text
    assert [form["action"] for form in page.attributes("form")] == ["/search/", "/search/"]
    assert page.repeated_ids() == []


def test_unreadable_address_gets_the_same_page(client: Client) -> None:
    response = client.get("/reserves/?q=%00")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def test_form_without_its_token_is_explained() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/accounts/login/", {"login": "a@example.org"})
    assert response.status_code == 403
    assert "can be sent only from a page that was opened lately" in response.content.decode()


def test_pages_travel_compressed(client: Client, db: None) -> None:
    response = client.get("/reserves/", headers={"accept-encoding": "gzip, br"})
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]


def test_map_beside_a_list_is_one_light_picture(client: Client, db: None) -> None:
    pictures = [picture for picture in Page(client.get("/reserves/").content.decode()).attributes("img") if "map/" in picture["src"]]  # fmt: skip
    assert [(picture["loading"], "relief-small" in picture["src"]) for picture in pictures] == [("lazy", True)]
    assert (settings.BASE_DIR / "static/map/relief-small.webp").stat().st_size < 20_000
