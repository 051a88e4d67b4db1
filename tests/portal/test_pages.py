"""Pages of text, and what machines ask for."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import MemberStateFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["about", "contact", "privacy", "accessibility", "security", "terms"])
def test_page_of_text_answers_without_a_cookie(client: Client, name: str) -> None:
    response = client.get(f"/{name}/")
    assert response.status_code == 200
    assert response.cookies == {}


def test_contact_gives_the_address_of_the_settings(client: Client, settings: Any) -> None:
    settings.SECRETARIAT_EMAIL = "office@example.org"
    assert '<a href="mailto:office@example.org">office@example.org</a>' in client.get("/contact/").content.decode()


def test_about_lists_members_by_the_year_they_joined(client: Client) -> None:
    MemberStateFactory(code="KZ", joined_year=2011)
    MemberStateFactory(code="RU", joined_year=None)
    MemberStateFactory(code="MN", joined_year=1995)
    MemberStateFactory(code="JP", joined_year=1995)
    MemberStateFactory(code="CN", published=False)
    assert [state.code for state in client.get("/about/").context["states"]] == ["JP", "MN", "KZ", "RU"]


def test_about_keeps_both_years_of_the_beginning(client: Client) -> None:
    text = client.get("/about/").content.decode()
    assert "launched in 1995" in text
    assert "initiated in 1994" in text


def test_robots_may_read_all_but_pages_about_persons(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://localhost:8000/sitemap.xml" in lines
