"""The pages of the admin: of every kind its list, the form for a new record, and all pages of one record or of those with
most to show."""

import re
from typing import Any
from urllib.parse import urljoin

from django.contrib import admin
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify

from . import reading, varying
from .addresses import NOTABLE
from .browsing import Browser
from .writing import Writer, is_page

MOST_QUERIES = 12  # filters and sorts of a list
MOST_RECORDS = 4


def kinds() -> list[type[models.Model]]:
    return sorted(admin.site._registry, key=lambda model: model._meta.label_lower)


def address_of(model: type[models.Model], page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def is_open(browser: Browser, model: type[models.Model]) -> bool:
    """Whether somebody may see the list; some kinds have only pages of their own, which other lists lead to."""
    try:
        return bool(browser.get(address_of(model, "changelist")).status_code == 200)
    except NoReverseMatch:
        return False


def write(writer: Writer, reader: str, browser: Browser, models: list[type[models.Model]]) -> None:
    """Writes the pages of these kinds as one reader has them."""
    writer.read(reader, browser, "/admin/", "admin/index")
    for model in models:
        label = model._meta.label_lower
        if not is_open(browser, model):
            writer.write(f"{reader}/admin/{label}/none", "not to be seen\n")
            continue
        _list(writer, reader, browser, address_of(model, "changelist"), label)
        writer.read(reader, browser, address_of(model, "add"), f"admin/{label}/add")
        for record in _records(model):
            _record(writer, reader, browser, record, label)


def _list(writer: Writer, reader: str, browser: Browser, address: str, label: str) -> None:
    response = writer.read(reader, browser, address, f"admin/{label}/list")
    links = [urljoin(address, link) for link in reading.links(response.content.decode())]
    for link in [link for link in links if link.startswith(address + "?")][:MOST_QUERIES]:
        writer.read(reader, browser, link, f"admin/{label}/{varying.as_file(link).rpartition('/')[2]}")
    for link in links:  # the tools above the list
        is_tool = link.startswith(address) and link != address and not re.search(r"/\d+/|/add/$|\?", link)
        if is_tool:
            writer.read(reader, browser, link, f"admin/{label}/{varying.as_file(link).removeprefix('admin/')}")


def _records(model: type[models.Model]) -> list[Any]:
    """The first record, and those that have most to show: by their slug, else the latest ones."""
    every = list(model._default_manager.order_by("pk"))
    if len(every) <= MOST_RECORDS:
        return every
    notable = [record for record in every[1:] if getattr(record, "slug", "") in NOTABLE]
    return [every[0], *(notable or every[1 - MOST_RECORDS :])]


def _record(writer: Writer, reader: str, browser: Browser, record: Any, label: str) -> None:
    called = slugify(getattr(record, "slug", "") or str(record))[:80] or "nameless"
    if label.startswith("history."):
        called = "row"  # it is called by its key
    place, model = f"admin/{label}/{called}", type(record)
    address = address_of(model, "change", record.pk)
    response = writer.read(reader, browser, address, f"{place}/change")
    for page in ("history", "delete"):
        writer.read(reader, browser, address_of(model, page, record.pk), f"{place}/{page}")
    own = address.removesuffix("change/")
    known = {address, f"{own}history/", f"{own}delete/"}
    for link in reading.links(response.content.decode()) if is_page(response) else []:
        link = urljoin(address, link)
        if link.startswith(own) and link not in known and "?" not in link:
            writer.read(reader, browser, link, f"{place}/{varying.as_file(link.removeprefix(own))}")
