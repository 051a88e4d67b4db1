"""Which addresses are read, and by whom."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import urldefrag, urljoin

from django.core import mail
from django.utils.text import slugify

from . import files, names, reading, staff_pages, varying
from .addresses import ALONE, DOWNLOADS, IN_LANGUAGES, LANGUAGES, LISTS, OF_ONE_SITE, OGC, REST
from .browsing import Browser
from .writing import Writer, is_page

HOSTS = re.compile(r"^https?://(testserver|localhost:8000)(?=/|$)")
# What a GET would end, and what has no words
NOT_FOLLOWED = re.compile(r"/logout/|/static/|/media/|\.(png|jpg|webp|avif)$|/jsi18n/|/map/tiles/")
SIGNED = re.compile(r"/(register|applications|join|confirm|mail)/[^/]*[\w-]{12,}")
MOST_QUERIES = 12  # of links that differ in nothing but their query
MOST_ALIKE = 8  # of links that differ in nothing but a key
ROLES = ("participant", "focal_point", "neighbour", "steward", "geopark_steward", "trainer")


class Walker(Writer):
    def walk(self) -> int:
        """Writes everything, or the folders that were asked for; gives the number of texts."""
        for folder, write in self._parts().items():
            if not self.only or folder in self.only:
                write()
        return len(self.written)

    def _parts(self) -> dict[str, Callable[[], object]]:
        outsider = Browser(self.clock)
        officer, administrator = (self._browser(name) for name in ("officer", "administrator"))
        kinds = staff_pages.kinds()
        closed = [model for model in kinds if not staff_pages.is_open(officer, model)]
        return {
            "contract": partial(self._contract, outsider),
            "languages": partial(self._languages, outsider),
            "everybody": partial(self._everybody, outsider),
            **{role: partial(self._own_pages, role) for role in ROLES},
            "signed": partial(self._signed_addresses, outsider),
            "officer": partial(staff_pages.write, self, "officer", officer, kinds),
            "administrator": partial(staff_pages.write, self, "administrator", administrator, closed),
            "mails": self._mails,
        }

    def _browser(self, role: str) -> Browser:
        return Browser(self.clock, getattr(self.cast, role).user)

    # A stranger -----------------------------------------------------------------------------------------------------
    def _contract(self, browser: Browser) -> None:
        addresses = [*LISTS, *DOWNLOADS, *REST, *OGC, *ALONE["everybody"]]
        for kind, model in (("reserves", "BiosphereReserve"), ("geoparks", "Geopark")):
            for slug in _slugs(model):
                addresses += [f"/{kind}/{slug}.{ending}" for ending in OF_ONE_SITE]
                addresses += [f"/api/{kind}/{slug}", f"/api/ogc/collections/{kind}/items/{slug}"]
        for kind, model in (("events", "Event"), ("trainings", "Training")):
            addresses += [f"/{kind}/{slug}.ics" for slug in _slugs(model)]
        for address in addresses:
            self.read("contract", browser, address)

    def _languages(self, browser: Browser) -> None:
        for code in LANGUAGES:
            for address in IN_LANGUAGES:
                self.read("languages", browser, f"/{code}{address}")

    def _everybody(self, browser: Browser) -> None:
        site_map = re.findall(r"<loc>([^<]+)</loc>", browser.get("/sitemap.xml").content.decode())
        start = ["/", *(HOSTS.sub("", address) for address in site_map)]
        self._crawl("everybody", browser, start, lambda path: not path.startswith(("/admin", "/me/mail/")))

    # Who is signed in -----------------------------------------------------------------------------------------------
    def _own_pages(self, role: str) -> None:
        def wanted(path: str) -> bool:
            return path.startswith(("/me/", "/accounts/", "/calendar/")) or path.endswith(("/apply/", "/register/"))

        self._crawl(role, self._browser(role), ["/me/", *ALONE["me"]], wanted)

    def _crawl(self, reader: str, browser: Browser, start: Iterable[str], wanted: Callable[[str], bool]) -> None:
        """From link to link, in the order of the pages."""
        waiting = deque(dict.fromkeys(start))
        seen, alike = set(waiting), Counter[str]()
        while waiting:
            address = waiting.popleft()
            for link in self._leads_to(address, self.read(reader, browser, address)):
                path, _mark, query = link.partition("?")
                if link in seen or NOT_FOLLOWED.search(path) or not wanted(path):
                    continue
                shape = varying.address(path)
                if (query and ("?" in address or alike[f"{path}?"] >= MOST_QUERIES)) or alike[shape] >= MOST_ALIKE:
                    continue
                alike[f"{path}?"] += bool(query)
                alike[shape] += shape != path
                seen.add(link)
                waiting.append(link)

    def _leads_to(self, address: str, response: Any) -> list[str]:
        """Addresses of ours that an answer leads to."""
        if response.status_code in (301, 302):
            found = [response["Location"]]
        else:
            found = reading.links(response.content.decode()) if is_page(response) else []
        links = [urldefrag(urljoin(address, HOSTS.sub("", link))).url for link in found]
        return [link for link in links if link.startswith("/") and not link.startswith("//")]

    # Who holds a mail -----------------------------------------------------------------------------------------------
    def _signed_addresses(self, browser: Browser) -> None:
        """Addresses that only mails hold: places, applications, doors, feeds, choices of mails, confirmations of a site."""
        found = [
            link
            for sent in mail.outbox
            for link in re.findall(r"http://localhost:8000(/[^\s<>\"\])]+)", str(sent.body))
        ]
        for link in dict.fromkeys(found):
            if SIGNED.search(link):
                self.read("signed", browser, link)
        for one in names.model("Registration").objects.order_by("pk").select_related("event", "person"):
            name = f"{one.event.slug}-{slugify(one.person.name)}-{one.state}"
            for page in ("", "question/", "survey/"):
                self.read("signed", browser, f"/join/{one.join_token}/{page}", f"join/{page or 'door/'}{name}")
        for token in names.model("CalendarToken").objects.order_by("pk").select_related("person"):
            for ending in (".ics", "/reviews.ics"):
                name = f"calendar/{slugify(token.person.name)}{ending.replace('/', '-')}"
                self.read("signed", browser, f"/calendar/{token.token}{ending}", name)

    def _mails(self) -> None:
        """Every mail that went out, as its reader has it."""
        for sent in mail.outbox:
            parts = [f"Subject: {sent.subject}", f"To: {', '.join(sent.to)}", "", varying.text(str(sent.body))]
            attached = [(one.get_filename(), one.get_payload(decode=True), one.get_content_type()) if hasattr(one, "get_payload") else one
                        for one in sent.attachments]  # fmt: skip
            further = [("", content, kind) for content, kind in getattr(sent, "alternatives", [])]
            for name, content, kind in (*further, *attached):
                raw = content if isinstance(content, bytes) else str(content).encode()
                parts += [f"---- {name} {kind}", files.body(raw, (kind or "").partition(";")[0])]
            subject = slugify(sent.subject)[:90]
            self.write(f"mails/{slugify(sent.to[0] if sent.to else 'nobody')}/{subject}", "\n".join(parts) + "\n")


def _slugs(model: str) -> list[str]:
    return list(names.model(model).objects.filter(published=True).order_by("slug").values_list("slug", flat=True))
