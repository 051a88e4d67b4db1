"""Every page as its reader finds it: it leads to no other language, tells dates and numbers in the portal's one way, and none of
its facts hides one that every page has."""

from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.template.context import RequestContext
from django.test import Client, client
from django.urls import Resolver404, resolve

from accounts.models import Person
from eabrn_portal import addresses, urls
from search import index as search_index
from tests.people import give_second_factor, signed_in, with_account

from .addresses import Ground
from .reading import Read
from .test_who_may_where import group_of, pages

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
CODE: Final = "mn"
# Who finds what there is to read; in this order, since the first has most.
READERS: Final = {"participant": 2, "steward": 3, "focal_point": 4, "trainer": 5, "officer": 7, "nobody": 0}
# Names that views may give although every page has them: they mean the same.
THE_SAME: Final = frozenset({"reader", "user", "request"})


def is_a_file(path: str) -> bool:
    """What stands under no language: files, feeds, the API, the admin."""
    try:
        found = resolve(path, addresses.Addresses(urls.FILES))  # type: ignore[arg-type]
    except Resolver404:
        return path.startswith(("/static/", "/media/"))
    return bool(found)


def is_within(address: str, lead: str) -> bool:
    parts = urlsplit(urljoin(f"http://testserver{address}", lead))
    if parts.scheme not in ("http", "https") or parts.netloc not in ("testserver", "localhost:8000"):
        return True
    return parts.path.startswith(f"/{CODE}/") or is_a_file(parts.path)


def asked(browser: Client, method: str, address: str) -> Any:
    """The answer; what it changes is as before."""
    cookies = browser.cookies.copy()
    with transaction.atomic():
        answer = getattr(browser, method)(address)
        content = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    browser.cookies = cookies
    answer.words = content.decode() if answer.get("Content-Type", "").startswith("text/html") else ""
    return answer


@pytest.fixture
def hidden(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Names that context processors give to every page and that a page gives to something else, with its template."""
    found: set[str] = set()

    def look(store: object, signal: object, sender: object, template: Any, context: Any, **kwargs: object) -> None:
        if isinstance(context, RequestContext):
            first = getattr(context, "_processors_index", None)
            if first is None:
                return
            given = {name for further in context.dicts[first + 1 :] for name in further}
            found.update(f"{template.name}: {name}" for name in (context.dicts[first].keys() & given) - THE_SAME)

    monkeypatch.setattr(client, "store_rendered_templates", look)
    return found


def test_pages_as_they_are_read(
    officer: Person, focal_point: Person, steward: Person, trainer: Person, hidden: set[str]
) -> None:
    give_second_factor(officer.user)
    participant = with_account("tuya@private.example", "Tuya")
    ground = Ground(participant, steward, focal_point, trainer)
    search_index.refresh()
    people = {
        "participant": participant,
        "steward": steward,
        "focal_point": focal_point,
        "trainer": trainer,
        "officer": officer,
    }
    clients = {who: signed_in(person.user) for who, person in people.items()} | {"nobody": Client()}
    leave, forgotten, looked_at = [], [], 0
    for entry in pages():
        group = group_of(entry)
        bare = ground.address(entry)
        if group is None or is_a_file(urlsplit(bare).path):
            continue
        address = f"/{CODE}{bare}"
        reader = next((who for who, place in READERS.items() if group.reading[place] == "2"), "")
        for who, method, signs in ((reader, "get", group.reading), (_who_sends(group.sending), "post", group.sending)):
            if not who or signs[READERS[who]] not in "23":
                continue
            answer = asked(clients[who], method, address)
            looked_at += 1
            read = Read(answer.words)
            leave += [
                f"{method} {address}: {lead}"
                for lead in [*read.leads, answer.get("Location", "")]
                if not is_within(address, lead)
            ]
            forgotten += [f"{address}: {words}" for words in read.forgotten]
    assert leave == []
    assert forgotten == []
    assert hidden == set()
    assert looked_at > 120


def _who_sends(signs: str) -> str:
    return next((who for who, place in READERS.items() if signs[place] == "3" and who != "nobody"), "")
