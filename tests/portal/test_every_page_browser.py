"""Every kind of page in a real browser, with the network's real data: whoever reads it, on whatever, can read it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.test import Client, RequestFactory
from playwright.sync_api import Page, Route

from accounts.models import Person
from tests import axe
from tests.factories import PASSWORD, MemberStateFactory, RoleGrantFactory
from tests.people import BACKEND, mailed_code, with_account

from . import every_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Pages that say in words that there is nothing, or nothing any more.
MISSING = {"/reserves/none/": 404, "/certificates/EABRN-2/": 404, "/me/sites/confirm/forged/": 410}
ERRORS = sorted(path.name for path in Path(settings.BASE_DIR, "templates").glob("[45]*.html"))
NARROW, PHONE, WIDE = 320, 390, 1280
FRAME = (".masthead", ".foot")
RUNS_A_SCRIPT = "[...document.scripts].some(script => !/json/.test(script.type))"
Broken = dict[str, Any]


class Reader:
    """One page of the browser. `look` opens an address and notes what is wrong with it, in every light and width."""

    def __init__(self, page: Page, host: str) -> None:
        self.page, self.host, self.broken = page, host, Broken()
        self.devtools = page.context.new_cdp_session(page)
        self.with_scripts: set[str] = set()
        self.known: tuple[str, ...] = ()

    def look(self, address: str, who: str = "") -> None:
        """Scripts are switched off while the page loads, and on again for the rules; where the page has any, once more
        with them."""
        self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": True})
        status = self._open(address)
        self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": False})
        if status != MISSING.get(address, 200) or urlsplit(self.page.url).path != urlsplit(address).path:
            self.broken[f"{who}{address}"] = f"{status} {self.page.url}"
            return
        self._examine(f"{who}{address} without scripts")
        if self.page.evaluate(RUNS_A_SCRIPT):
            self.with_scripts.add(address)
            self._open(address)
            self._examine(f"{who}{address} with scripts")

    def _open(self, address: str) -> int | None:
        self._be(WIDE, "light")
        answer = self.page.goto(self.host + address)
        if address in MISSING or "error" in address:
            self.page.watched.faults.clear()  # type: ignore[attr-defined]
        return answer and answer.status

    def _be(self, width: int, scheme: Any) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)

    def _examine(self, name: str) -> None:
        """The rules of colour in every light, all others in one. Head and foot have the colours they had on the first page."""
        for width, scheme in ((WIDE, "light"), (WIDE, "dark"), (PHONE, "dark"), (PHONE, "light")):
            self._be(width, scheme)
            found = axe.broken_rules(self.page, axe.OF_COLOUR, self.known)
            if scheme == "light":
                found += axe.broken_rules(self.page, axe.OF_ALL_ELSE)
            if found:
                self.broken[f"{name}, {width}, {scheme}"] = found
            self._measure(name, width)
        self.known = FRAME
        self._be(NARROW, "light")
        self._measure(name, NARROW)

    def _measure(self, name: str, width: int) -> None:
        if (scrolls := self.page.evaluate("document.documentElement.scrollWidth")) != width:
            self.broken[f"{name}, {width}"] = f"scrolls sideways, {scrolls} wide"


@pytest.fixture
def reader(live_server: Any, new_page: Callable[..., Page]) -> Reader:
    return Reader(new_page(reduced_motion="reduce"), live_server.url)  # else colours are examined on their way


def test_page_is_examined_before_its_scripts_ran_and_after(reader: Reader) -> None:
    body = "<html lang=en><title>x</title><script>document.documentElement.removeAttribute('lang')</script><p>x</html>"
    reader.page.route("**/error/*", lambda route: route.fulfill(body=body, content_type="text/html"))
    reader.look("/error/x")
    without = {name.partition(",")[0] for name, found in reader.broken.items() if "html-has-lang" in dict(found)}
    assert without == {"/error/x with scripts"}


def test_public_pages_break_no_rule(network_served: None, reader: Reader) -> None:
    for addresses in every_page.PUBLIC.values():
        for address in addresses:
            reader.look(address)
    assert reader.broken == {}
    assert set(every_page.PUBLIC["map"]) < reader.with_scripts  # the way to find them finds them


def test_pages_behind_a_personal_address_break_no_rule(reader: Reader) -> None:
    pages = every_page.personal_pages()
    for addresses in pages.values():
        for address in addresses:
            reader.look(address)
    assert set(pages) == every_page.PERSONAL
    assert reader.broken == {}


def test_pages_that_tell_of_an_error_break_no_rule(reader: Reader) -> None:
    request = RequestFactory().get("/error/")
    request.user = AnonymousUser()

    def answer(route: Route) -> None:
        body = render(request, urlsplit(route.request.url).path.removeprefix("/error/")).content
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    reader.page.route("**/error/*", answer)
    for template in ERRORS:
        reader.look(f"/error/{template}")
    assert {"403.html", "404.html", "500.html"} <= set(ERRORS)
    assert reader.broken == {}


def person(name: str) -> Person:
    made = with_account(f"{name}@example.org", name.capitalize())
    assert made.user
    made.user.set_password(PASSWORD)
    made.user.save()
    return made


def with_second_factor(name: str) -> Person:
    made = person(name)
    Authenticator.objects.create(user=made.user, type="totp", data={"secret": "x"})
    RecoveryCodes.activate(made.user)
    return made


def visitors() -> Iterator[tuple[str, Client]]:
    """A browser for each that every_page.OWN tells of, as far as they have come."""
    person("saruul"), with_second_factor("oyun")
    RoleGrantFactory(person=person("bat"), role="focal_point", member_state=MemberStateFactory(code="MN"))
    steps: dict[str, list[tuple[str, dict[str, str]]]] = {
        "signing up": [("signup/", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})],
        "signing up by passkey": [("signup/passkey/", {"email": "key@example.org"}), ("confirm-email/", {})],
        "with a code": [("login/code/", {"email": "saruul@example.org"})],
        "who forgot": [("password/reset/", {"email": "saruul@example.org"})],
        "signed in": [
            ("login/", {"login": "saruul@example.org", "password": PASSWORD}),
            ("reauthenticate/", {"password": PASSWORD}),
        ],
        "between two factors": [("login/", {"login": "oyun@example.org", "password": PASSWORD})],
        "answering for a state": [("login/", {"login": "bat@example.org", "password": PASSWORD})],
        "with a second factor": [],
        "signed in without a password": [],
    }
    for who, sent in steps.items():
        client = Client()
        if who == "with a second factor":
            client.force_login(Person.objects.get(name="Oyun").user, backend=BACKEND)
            sent = [("reauthenticate/", {"password": PASSWORD})]
        if who == "signed in without a password":
            user = with_account("dulma@example.org", "Dulma").user
            user.set_unusable_password()
            user.save()
            client.force_login(user, backend=BACKEND)
        for path, data in sent:
            data = data or {"code": mailed_code()}
            assert client.post(f"/accounts/{path}", data).status_code == 302
        yield who, client


def test_own_pages_break_no_rule(live_server: Any, reader: Reader) -> None:
    seen = set()
    for who, client in visitors():
        session = client.cookies["sessionid"].value
        reader.page.context.clear_cookies()
        reader.page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        seen.add(who)
        for addresses in every_page.OWN[who].values():
            for address in addresses:
                reader.look(address, f"{who}: ")
    assert seen == set(every_page.OWN)
    assert reader.broken == {}
