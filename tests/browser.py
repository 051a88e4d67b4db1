"""A real browser for tests marked `browser`. It fails the test on any error in its console and any request to another host."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from . import chromium

# Milliseconds for what is expected of a page: twelve times Playwright's own, for busy machines. What never comes takes all.
PATIENCE = 60_000
LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1"}
FLAGS = [
    "--no-sandbox",  # root in a container has no sandbox
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = chromium.path()
    if found is None:
        pytest.fail(chromium.MISSING, pytrace=False)
    return found


def _until_whole(name: str) -> Callable[..., None]:
    """Playwright's own waits for a page that a click leads to until it begins; what is read next must find it whole."""
    original = getattr(Locator, name)

    def act(self: Locator, *arguments: Any, **options: Any) -> None:
        original(self, *arguments, **options)
        if not self.page.is_closed():
            self.page.wait_for_load_state()

    return act


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        for name in ("click", "press"):
            patch.setattr(Locator, name, _until_whole(name))
        expect.set_options(timeout=PATIENCE)
        started = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield started
        started.close()


class Watched:
    """What a page did that no page of the portal may do."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        page.on("console", lambda message: self._note(message.type in {"error", "warning"}, f"console: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", lambda request: self._note(self._foreign(request.url), f"request to {request.url}"))

    def _note(self, wrong: bool, fault: str) -> None:
        if wrong:
            self.faults.append(fault)

    @staticmethod
    def _foreign(url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme not in {"data", "blob", "about"} and parts.hostname not in LOCAL


@pytest.fixture
def new_page(browser: Browser) -> Iterator:
    """Makes pages with options of your own: new_page(java_script_enabled=False), new_page(viewport={...})."""
    contexts, watched = [], []

    def make(**options) -> Page:
        context = browser.new_context(**{"locale": "en", **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.watched = Watched(page)
        watched.append(page.watched)
        return page

    yield make
    for context in contexts:
        context.close()
    faults = [fault for watch in watched for fault in watch.faults]
    if faults:
        pytest.fail("The browser reports:\n" + "\n".join(faults), pytrace=False)


@pytest.fixture
def browser_page(new_page) -> Page:
    """One page with JavaScript. A test that expects an error clears it: browser_page.watched.faults.clear()."""
    return new_page()
