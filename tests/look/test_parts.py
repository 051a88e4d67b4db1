"""Parts that pages share: pages of a list, the way to a page, sources, badges, nothing found."""

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from tests.look.pages import Page

pytestmark = pytest.mark.sweep


def drawn(source: str, address: str = "/", **context: Any) -> Page:
    return Page(engines["django"].from_string(source).render(context, RequestFactory().get(address)))


def pager(number: int, pages: int, address: str = "/reserves/?state=JP&q=a%26b&page=7") -> Page:
    page_obj = Paginator(range(pages * 10), 10).page(number)
    return drawn('{% include "_pager.html" %}', address, page_obj=page_obj)


def test_pager_elides_and_keeps_the_filter() -> None:
    page = pager(10, 20)
    numbers = [label.removeprefix("Page ") for _url, label in page.links()]
    assert numbers == ["Previous", "1", "8", "9", "10", "11", "12", "20", "Next"]
    assert page.text.count("…") == 2
    assert page.links()[0][0] == "?state=JP&q=a%26b&page=9"
    assert [link["href"] for link in page.attributes("a") if link.get("aria-current") == "page"] == [
        "?state=JP&q=a%26b&page=10"
    ]


def test_pager_has_no_way_before_the_first_and_after_the_last_page() -> None:
    assert [link["rel"] for link in pager(1, 3).attributes("a") if "rel" in link] == ["next"]
    assert [link["rel"] for link in pager(3, 3).attributes("a") if "rel" in link] == ["prev"]


def test_single_page_has_no_pager() -> None:
    assert pager(1, 1).tags == []


def test_crumbs_lead_home_and_name_the_page() -> None:
    page = drawn(
        '{% include "_crumbs.html" with url="reserve-list" label="Reserves" here=name %}', name="Aya & <Kobayashi>"
    )
    assert page.links() == [("/", "Home"), ("/reserves/", "Reserves")]
    assert page.text == "Home Reserves Aya & <Kobayashi>"
    page = drawn(
        '{% include "_crumbs.html" with url="reserve-list" label="Reserves" url2="/x/" label2="Japan" here="Aya" %}'
    )
    assert page.links()[-1] == ("/x/", "Japan")


def test_sources_become_links_that_show_their_host() -> None:
    sources = ["year: https://en.unesco.org/x?a=1&b=2; area: editor's <knowledge>", "javascript:alert(1)"]
    page = drawn('{% include "_source_list.html" %}', sources=sources)
    assert page.attributes("a") == [{"href": "https://en.unesco.org/x?a=1&b=2", "rel": "nofollow noreferrer external"}]
    assert page.links() == [("https://en.unesco.org/x?a=1&b=2", "en.unesco.org")]
    assert "editor's <knowledge>" in page.text
    assert "javascript:alert(1)" in page.text


def test_badge_tells_the_kind_by_shape_and_word() -> None:
    page = drawn('{% include "_badge_kind.html" with kind="geopark" %}')
    assert [use["href"] for use in page.attributes("use")] == ["#i-geopark"]
    assert page.text == "Geopark"


def test_nothing_found_is_said_in_words_with_a_way_on() -> None:
    page = drawn('{% include "_empty.html" with text="Nothing." url="/all/" label="See all" %}')
    assert page.text == "Nothing. See all"
    assert page.links() == [("/all/", "See all")]
