"""What a first visit costs a reader, in a real browser with the network's real data: bytes on their way, requests."""

import gzip
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KB = 1024
COMPRESSED = (".webp", ".jpg", ".png", ".avif")  # as they lie there; everything else is compressed for its way


class Budget(NamedTuple):
    size: int
    requests: int


LIST = Budget(60 * KB, 8)
SITE = Budget(80 * KB, 8)
MAP = Budget(200 * KB, 24)
BUDGETS = {
    "/": MAP._replace(requests=10),  # has a map, too
    "/reserves/": LIST,
    "/sites/": LIST,
    "/documents/": LIST,
    "/events/": LIST,
    "/reserves/mount-odaigahara-mount-omine-and-osugidani/": SITE,  # without a photo, as all of them are today
    "/geoparks/arxan/": SITE,
    "/map/": MAP,
}
SCRIPTS_OF_THE_MAP = 18 * KB
PICTURES_OF_THE_MAP = {"relief-0.webp", "lines-0.svg"}


class Visit:
    """One visit by a browser that has kept nothing from another."""

    def __init__(self, page: Page, address: str) -> None:
        answers: list[Any] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(address, wait_until="networkidle")
        # The server of the tests compresses nothing but pages, and the browser has unpacked these.
        sizes = {answer.url.rpartition(":")[2].partition("/")[2]: self._weight(answer) for answer in answers}
        # The sign of the tab is the same for the whole portal; a browser asks for it when the page stands.
        self.sizes = {path: size for path, size in sizes.items() if path != "static/img/mark.svg"}

    @staticmethod
    def _weight(answer: Any) -> int:
        body = answer.body()
        return len(body) if answer.url.endswith(COMPRESSED) else len(gzip.compress(body))

    def weight(self, ending: str = "") -> int:
        return sum(size for path, size in self.sizes.items() if path.endswith(ending))


def test_first_visit_stays_in_its_budget(network_served: None, live_server: Any, new_page: Callable[..., Page]) -> None:
    """`new_page` fails the test on any request to another host."""
    wide = {"width": 1280, "height": 900}  # where more is shown than on a phone
    visits = {path: Visit(new_page(viewport=wide), live_server.url + path) for path in BUDGETS}
    spent = {path: Budget(visit.weight(), len(visit.sizes)) for path, visit in visits.items()}
    over = {
        path: it for path, it in spent.items() if it.size > BUDGETS[path].size or it.requests > BUDGETS[path].requests
    }
    assert over == {}
    assert all(visit.weight(".css") > KB for visit in visits.values())  # what is weighed holds what was fetched
    shown = visits["/map/"]
    assert {path.rpartition("/")[2] for path in shown.sizes if "static/map/" in path} == PICTURES_OF_THE_MAP
    assert 0 < shown.weight(".js") < SCRIPTS_OF_THE_MAP
