"""Which addresses are read, by whom, and under which name each is written."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.contrib import admin
from django.core import mail
from django.core.cache import cache
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify

from . import files, names, reading, varying
from .addresses import ALONE, DOWNLOADS, LANGUAGES, LISTS, NOTABLE, OF_ONE_SITE, OGC, REST
from .browsing import Browser
from .filling import Cast
from .ground import Clock

HOSTS = re.compile(r"^https?://(testserver|localhost:8000)(?=/|$)")
# What a GET would end, and what has no words
NOT_FOLLOWED = re.compile(r"/logout/|/static/|/media/|\.(png|jpg|webp|avif)$|/jsi18n/|/map/tiles/")
ALIKE = 8  # of addresses that differ in nothing but a key
QUERIES_OF_ONE_PATH = 12  # of links that differ in nothing but their query
RECORDS_OF_A_MODEL = 4


class Walker:
    """Writes each answer once, under a name made of its reader and its address."""

    def __init__(self, folder: Path, clock: Clock, cast: Cast) -> None:
        self.folder, self.clock, self.cast = folder, clock, cast
        self.written: set[str] = set()

    def walk(self) -> int:
        outsider = Browser(self.clock)
        self._contract(outsider)
        self._crawl(
            "everybody",
            outsider,
            ["/", *self._site_map(outsider)],
            lambda path: not path.startswith(("/admin", "/me/mail/")),
        )
        for role in ("participant", "focal_point", "neighbour", "steward", "geopark_steward", "trainer"):
            browser = Browser(self.clock, getattr(self.cast, role).user)
            self._crawl(
                role,
                browser,
                ["/me/", *ALONE["me"]],
                lambda path: (
                    path.startswith(("/me/", "/accounts/", "/calendar/")) or path.endswith(("/apply/", "/register/"))
                ),
            )
        self._signed_addresses(outsider)
        officer, administrator = (
            Browser(self.clock, person.user) for person in (self.cast.officer, self.cast.administrator)
        )
        closed = self._admin(
            "officer", officer, sorted(admin.site._registry, key=lambda model: model._meta.label_lower)
        )
        self._admin("administrator", administrator, closed)
        self._mails()
        return len(self.written)

    # Writing --------------------------------------------------------------------------------------------------------
    def _write(self, name: str, text: str) -> None:
        number, wanted = 1, name
        while name in self.written:
            number += 1
            name = f"{wanted}~{number}"
        self.written.add(name)
        path = self.folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def _read(self, reader: str, browser: Browser, address: str, name: str = "") -> Any:
        cache.clear()  # no page is written from what was kept of another, no allowance is used up
        response = browser.get(address)
        text = files.answer(response)
        self._write(f"{reader}/{name or self._name(address, response)}", text)
        return response

    def _name(self, address: str, response: Any) -> str:
        """The address, and what the page is called where a key stands in it."""
        named = varying.as_file(address)
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        if re.search(r"(^|/)N(/|$)|TOKEN", named):
            called = slugify(reading.title(response.content.decode())) if is_page else ""
            return f"{named}--{called[:80]}" if called else named
        return named

    # Everybody ------------------------------------------------------------------------------------------------------
    def _site_map(self, browser: Browser) -> list[str]:
        found = re.findall(r"<loc>([^<]+)</loc>", browser.get("/sitemap.xml").content.decode())
        return [HOSTS.sub("", address) for address in found]

    def _contract(self, browser: Browser) -> None:
        for address in [*LISTS, *DOWNLOADS, *REST, *OGC, *ALONE["everybody"]]:
            self._read("contract", browser, address)
        for code in LANGUAGES:
            for address in (
                "/",
                "/reserves/khuvsgul-lake/",
                "/events/lakes-workshop/",
                "/trainings/lake-course/",
                "/map/",
                "/about/",
            ):
                self._read("languages", browser, f"/{code}{address}")
        for kind, name in (("reserves", "BiosphereReserve"), ("geoparks", "Geopark")):
            for slug in (
                names.model(name).objects.filter(published=True).order_by("slug").values_list("slug", flat=True)
            ):
                for ending in OF_ONE_SITE:
                    self._read("contract", browser, f"/{kind}/{slug}.{ending}")
        for kind, name in (("events", "Event"), ("trainings", "Training")):
            for slug in (
                names.model(name).objects.filter(published=True).order_by("slug").values_list("slug", flat=True)
            ):
                self._read("contract", browser, f"/{kind}/{slug}.ics")
        for kind, name in (("reserves", "BiosphereReserve"), ("geoparks", "Geopark")):
            for slug in (
                names.model(name).objects.filter(published=True).order_by("slug").values_list("slug", flat=True)
            ):
                self._read("contract", browser, f"/api/{kind}/{slug}")
                self._read("contract", browser, f"/api/ogc/collections/{kind}/items/{slug}")

    # From link to link ----------------------------------------------------------------------------------------------
    def _crawl(
        self,
        reader: str,
        browser: Browser,
        start: Iterable[str],
        wanted: Callable[[str], bool],
        most: int = QUERIES_OF_ONE_PATH,
    ) -> None:
        waiting = deque(dict.fromkeys(start))
        seen, queries = set(waiting), Counter[str]()
        while waiting:
            address = waiting.popleft()
            response = self._read(reader, browser, address)
            if response.status_code in (301, 302):
                found = [response["Location"]]
            elif response.get("Content-Type", "").startswith("text/html") and not response.streaming:
                found = reading.links(response.content.decode())
            else:
                continue
            for link in found:
                link = urldefrag(urljoin(address, HOSTS.sub("", link))).url
                path, _mark, query = link.partition("?")
                if (
                    link in seen
                    or not link.startswith("/")
                    or urlsplit(link).netloc
                    or NOT_FOLLOWED.search(path)
                    or not wanted(path)
                ):
                    continue
                if query and ("?" in address or queries[path] >= most):
                    continue
                shape = varying.address(path)
                if shape != path and queries[shape] >= ALIKE:
                    continue
                queries[shape] += shape != path
                queries[path] += bool(query)
                seen.add(link)
                waiting.append(link)

    # Behind a token -------------------------------------------------------------------------------------------------
    def _signed_addresses(self, browser: Browser) -> None:
        """Addresses that only mails hold: places, applications, doors, feeds, choices of mails, confirmations of a site."""
        found = []
        for sent in mail.outbox:
            for link in re.findall(r"http://localhost:8000(/[^\s<>\"\])]+)", str(sent.body)):
                if re.search(r"/(register|applications|join|confirm|mail)/[^/]*[\w-]{12,}", link):
                    found.append(link)
        for link in dict.fromkeys(found):
            self._read("signed", browser, link)
        for registration in names.model("Registration").objects.order_by("pk").select_related("event", "person"):
            name = f"{registration.event.slug}-{slugify(registration.person.name)}-{registration.state}"
            for page in ("", "question/", "survey/"):
                self._read(
                    "signed", browser, f"/join/{registration.join_token}/{page}", f"join/{page or 'door/'}{name}"
                )
        for token in names.model("CalendarToken").objects.order_by("pk").select_related("person"):
            for ending in (".ics", "/reviews.ics"):
                self._read(
                    "signed",
                    browser,
                    f"/calendar/{token.token}{ending}",
                    f"calendar/{slugify(token.person.name)}{ending.replace('/', '-')}",
                )

    # The admin ------------------------------------------------------------------------------------------------------
    def _admin(self, reader: str, browser: Browser, kinds: list[type[models.Model]]) -> list[type[models.Model]]:
        """Lists, forms and further pages of these kinds of record; gives the kinds that the reader may not see."""
        self._read(reader, browser, "/admin/", "admin/index")
        closed = []
        for model in kinds:
            label = model._meta.label_lower
            try:
                address = self._of(model, "changelist")
            except NoReverseMatch:  # pages of its own alone: they are found from the lists that lead there
                continue
            if (answer := browser.get(address)).status_code != 200:
                self._write(f"{reader}/admin/{label}/none", f"{answer.status_code}\n")
                closed.append(model)
                continue
            self._list(reader, browser, address, label)
            self._read(reader, browser, self._of(model, "add"), f"admin/{label}/add")
            for record in self._records(model):
                self._record(reader, browser, model, record, label)
        return closed

    def _of(self, model: type[models.Model], page: str, *args: object) -> str:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)

    def _list(self, reader: str, browser: Browser, address: str, label: str) -> None:
        response = self._read(reader, browser, address, f"admin/{label}/list")
        other = [urljoin(address, link) for link in reading.links(response.content.decode())]
        queries = [link for link in other if link.startswith(address + "?")]
        for link in queries[:QUERIES_OF_ONE_PATH]:
            self._read(reader, browser, link, f"admin/{label}/{varying.as_file(link).rpartition('/')[2]}")
        for link in other:  # the tools above the list
            if (
                link.startswith(address)
                and "?" not in link
                and not re.search(r"/\d+/|/add/$", link)
                and link != address
            ):
                self._read(reader, browser, link, f"admin/{label}/{varying.as_file(link).removeprefix('admin/')}")

    def _records(self, model: type[models.Model]) -> list[Any]:
        """The first record, and those that have most to show: by their slug, else the latest ones."""
        every = list(model._default_manager.order_by("pk"))
        if len(every) <= RECORDS_OF_A_MODEL:
            return every
        notable = [record for record in every[1:] if getattr(record, "slug", "") in NOTABLE]
        return [every[0], *(notable or every[1 - RECORDS_OF_A_MODEL :])]

    def _record(self, reader: str, browser: Browser, model: type[models.Model], record: Any, label: str) -> None:
        called = slugify(getattr(record, "slug", "") or str(record))[:80] or "nameless"
        address = self._of(model, "change", record.pk)
        response = self._read(reader, browser, address, f"admin/{label}/{called}/change")
        for page in ("history", "delete"):
            try:
                self._read(reader, browser, self._of(model, page, record.pk), f"admin/{label}/{called}/{page}")
            except NoReverseMatch:
                continue
        own = address.removesuffix("change/")
        if response.get("Content-Type", "").startswith("text/html"):
            for link in reading.links(response.content.decode()):
                link = urljoin(address, link)
                if (
                    link.startswith(own)
                    and link not in (address, own + "history/", own + "delete/")
                    and "?" not in link
                ):
                    self._read(
                        reader, browser, link, f"admin/{label}/{called}/{varying.as_file(link.removeprefix(own))}"
                    )

    # Mails ----------------------------------------------------------------------------------------------------------
    def _mails(self) -> None:
        """Every mail that went out, as its reader has it."""
        for sent in mail.outbox:
            parts = [f"Subject: {sent.subject}", f"To: {', '.join(sent.to)}", "", varying.text(str(sent.body))]
            for content, kind in getattr(sent, "alternatives", []):
                parts += [f"---- {kind}", files.body(str(content).encode(), kind.partition(";")[0])]
            for attached in sent.attachments:
                name, content, kind = (
                    attached
                    if isinstance(attached, tuple)
                    else (attached.get_filename(), attached.get_payload(decode=True), attached.get_content_type())
                )
                raw = content if isinstance(content, bytes) else str(content).encode()
                parts += [f"---- {name} {kind}", files.body(raw, (kind or "").partition(";")[0])]
            self._write(
                f"mails/{slugify(sent.to[0] if sent.to else 'nobody')}/{slugify(sent.subject)[:90]}",
                "\n".join(parts) + "\n",
            )
