"""Every link of the running portal, filtered lists, comparisons and files too; and all that the site map names is found so."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest

from tests.portal.crawling import Answer, Walk
from tests.waiting import HANGING

from .portal import Portal
from .test_with_given_servers import NoRedirect

pytestmark = pytest.mark.stack


def reader(opener: urllib.request.OpenerDirector) -> Callable[[str], Answer]:
    def get(address: str) -> Answer:
        try:
            with opener.open(address, timeout=HANGING) as answer:
                is_page = answer.headers.get("Content-Type", "").startswith("text/html")
                body = answer.read()
                return Answer(answer.status, body.decode() if is_page else "")
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, location=error.headers.get("Location", ""))

    return get


def test_every_link_of_the_running_portal_answers(running: Portal) -> None:
    get = reader(urllib.request.build_opener(NoRedirect))
    walk = Walk(get, [f"http://localhost:{running.port}/"])
    files = {address: get(address).status for address in walk.fetched if address.startswith("http")}
    with urllib.request.urlopen(f"http://localhost:{running.port}/sitemap.xml", timeout=HANGING) as answer:
        mapped = set(re.findall(r"<loc>([^<]+)</loc>", answer.read().decode()))
    assert walk.faults == []
    assert walk.of_other_hosts() == []
    assert {address: status for address, status in files.items() if status != 200} == {}
    assert mapped - walk.pages == set()
    assert len(mapped) > 350
    assert len(walk.pages) > 800
    assert len(files) > 10
