"""What a first visit of the map weighs with all sites of the network on it."""

import gzip
from pathlib import Path

from django.conf import settings
from django.test import Client

from directory.loading import Result
from tests.look.pages import Page

BUDGET = 200 * 1024  # bytes, compressed
SCRIPTS = 18 * 1024
STATIC = settings.BASE_DIR / "static"


def addresses_of(page: Page) -> set[str]:
    """What a browser fetches for a first view."""
    links = [link for link in page.attributes("link") if link["rel"] in {"stylesheet", "modulepreload", "icon"}]
    return {
        *(link["href"] for link in links),
        *(script["src"] for script in page.attributes("script")),
        *(image["src"] for image in page.attributes("img")),
    }


def weight(path: Path) -> int:
    content = path.read_bytes()
    return len(content) if path.suffix == ".webp" else len(gzip.compress(content))


def test_first_visit_of_the_map_stays_in_the_budget(client: Client, loaded: Result) -> None:
    answer = client.get("/map/")
    page = Page(answer.content.decode())
    files = {STATIC / address.removeprefix("/static/") for address in addresses_of(page)}
    assert {path.name for path in files if path.suffix in {".webp", ".svg"}} == {
        "relief-0.webp",
        "lines-0.svg",
        "mark.svg",
    }
    scripts = sum(weight(path) for path in files if path.suffix == ".js")
    assert scripts < SCRIPTS
    assert len(gzip.compress(answer.content)) + sum(map(weight, files)) < BUDGET
