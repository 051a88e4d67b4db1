"""Every public link of the portal with the network's real data: nothing lost, nothing broken, nothing from elsewhere."""

import re
from collections import deque
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

HOME = "http://testserver/"
# What a browser fetches by itself; a link that a person follows may lead anywhere.
FETCHED = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "form": ("action",),
    "use": ("href",),
}
FETCHED_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}


class Page(HTMLParser):
    """Collects where a page leads, and what it fetches."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address, self.links, self.fetched, self.ids = address, set[str](), set[str](), list[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert "style" not in given, f"inline style in {self.address}"
        assert not any(name.startswith("on") for name in given), f"inline handler in {self.address}"
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and (target := given.get("href")):
            self.links.add(urldefrag(urljoin(self.address, target)).url)
        if tag == "link" and FETCHED_RELATIONS & set(given.get("rel", "").split()):
            self.fetched.add(urljoin(self.address, given["href"]))
        for name in FETCHED.get(tag, ()):
            for part in given.get(name, "").split(","):
                if part.strip():
                    self.fetched.add(urljoin(self.address, part.split()[0]))


@pytest.fixture
def network_data(db: None) -> None:
    call_command("load_network_data", verbosity=0)


def read(response: Any) -> None:
    """A download holds a file until it is read to its end."""
    if response.streaming:
        deque(response.streaming_content, maxlen=0)


def is_ours(address: str) -> bool:
    return urlsplit(address).netloc == "testserver"


def test_every_public_link_answers(client: Client, network_data: None) -> None:
    waiting, seen, faults, pages = deque([HOME]), {HOME}, list[str](), 0
    while waiting:
        address = waiting.popleft()
        response = client.get(address.removeprefix("http://testserver"))
        if response.status_code in {301, 302}:
            target = urljoin(address, response["Location"])
            if is_ours(target) and target not in seen:
                seen.add(target)
                waiting.append(target)
            continue
        if response.status_code != 200:
            faults.append(f"{response.status_code} {address}")
            continue
        if not response.get("Content-Type", "").startswith("text/html"):
            read(response)
            continue
        pages += 1
        page = Page(address, response.content.decode())
        faults += [
            f"{address} fetches {fetched}"
            for fetched in page.fetched
            if not is_ours(fetched) and not fetched.startswith("data:")
        ]
        faults += [f"{address} has the id {name} twice" for name in set(page.ids) if page.ids.count(name) > 1]
        for link in sorted(page.links - seen):
            # Links of a filtered list lead to more filtered lists without end: they are followed one step deep.
            if is_ours(link) and not ("?" in link and "?" in address) and not re.search(r"/admin/|/api/docs", link):
                seen.add(link)
                waiting.append(link)
    assert faults == []
    assert pages > 400


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
    "/terms/",
    "/api/",
    "/api/ogc/",
    "/healthz",
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


def test_addresses_of_the_contract_answer(client: Client, network_data: None) -> None:
    answers = {address: status(client, address) for address in CONTRACT}
    assert {address: status for address, status in answers.items() if status != 200} == {}


def test_addresses_for_those_with_a_key_ask_for_it(client: Client, network_data: None) -> None:
    assert client.get("/me/").status_code == 302
    assert client.get("/admin/").status_code == 302
    assert client.get("/join/unknown/").status_code == 404
    assert client.get("/certificates/EABRN-0000/").status_code == 404


def test_language_that_is_not_complete_shows_english_and_says_so(client: Client, network_data: None) -> None:
    response = client.get("/mn/reserves/")
    text = response.content.decode()
    assert '<html lang="en"' in text
    assert "Монгол" in text
    assert response["Content-Language"] == "en"
