"""A visitor who follows every link, and looks at every page as a browser would."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

# What a browser fetches by itself; a link that a person follows may lead anywhere.
FETCHED = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "use": ("href",),
}
FETCHED_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}
DATA_SCRIPTS = {"application/json", "application/ld+json", "importmap", "speculationrules"}
NOT_FOLLOWED = re.compile(r"/admin/")  # behind a key


class Page(HTMLParser):
    """Collects where a page leads, what it fetches, and what it may not hold."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address, self.links, self.fetched, self.targets = address, set[str](), set[str](), set[str]()
        self.faults, self._ids = list[str](), Counter[str]()
        self.feed(text)
        self.faults += [f"{address} has the id {name} twice" for name, times in self._ids.items() if times > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or "style" in given:
            self.faults.append(f"{self.address} has an inline style at {tag}")
        if tag == "script" and "src" not in given and given.get("type") not in DATA_SCRIPTS:
            self.faults.append(f"{self.address} has an inline script")
        self.faults += [f"{self.address} has an inline handler {name}" for name in given if name.startswith("on")]
        if "id" in given:
            self._ids[given["id"]] += 1
        if tag == "a" and (target := given.get("href")):
            self.links.add(urldefrag(urljoin(self.address, target)).url)
        if tag == "form" and given.get("action"):
            self.targets.add(urljoin(self.address, given["action"]))
        if tag == "link" and FETCHED_RELATIONS & set(given.get("rel", "").split()):
            self.fetched.add(urljoin(self.address, given["href"]))
        for name in FETCHED.get(tag, ()):
            for part in given.get(name, "").split(","):
                if part.strip() and not part.strip().startswith("#"):
                    self.fetched.add(urldefrag(urljoin(self.address, part.split()[0])).url)


class Answer(NamedTuple):
    """`page` is empty for what is no page; `location` is where a redirect leads."""

    status: int
    page: str = ""
    location: str = ""


class Walk:
    """Follows the links of one host from some addresses. `elsewhere` are addresses that another walk begins with.

    Links of a filtered list lead to more filtered lists without end: they are followed one step deep. With
    `most_queries` only so many of the addresses that differ in nothing but their query are followed.
    """

    def __init__(
        self,
        get: Callable[[str], Answer],
        start: Iterable[str],
        elsewhere: Iterable[str] = (),
        most_queries: int | None = None,
    ) -> None:
        self.get, self.most_queries = get, most_queries
        self.waiting = deque(start)
        self.host = urlsplit(self.waiting[0]).netloc
        self.seen = {*self.waiting, *elsewhere}
        self.faults, self.pages, self.fetched, self.targets = list[str](), set[str](), set[str](), set[str]()
        self._queries = Counter[str]()
        while self.waiting:
            self._visit(self.waiting.popleft())

    def _visit(self, address: str) -> None:
        answer = self.get(address)
        if answer.status in {301, 302}:
            self._follow(urljoin(address, answer.location))
        elif answer.status != 200:
            self.faults.append(f"{answer.status} {address}")
        elif answer.page:
            page = Page(address, answer.page)
            self.pages.add(address)
            self.faults += page.faults
            self.fetched |= page.fetched
            self.targets |= page.targets
            for link in sorted(page.links):
                if not ("?" in link and "?" in address):
                    self._follow(link)

    def _follow(self, link: str) -> None:
        parts = urlsplit(link)
        here = parts.netloc == self.host and parts.scheme in {"http", "https"}  # webcal: opens a calendar program
        if link in self.seen or not here or NOT_FOLLOWED.search(link):
            return
        path, query, _rest = link.partition("?")
        if query and self.most_queries is not None and self._queries[path] >= self.most_queries:
            return
        self._queries[path] += bool(query)
        self.seen.add(link)
        self.waiting.append(link)

    def of_other_hosts(self) -> list[str]:
        """What the pages fetch from other hosts, or send there."""
        asked = self.fetched | self.targets
        return sorted(address for address in asked if urlsplit(address).netloc != self.host and address[:5] != "data:")
