"""How an answer becomes a file: read without anything kept of others, named by who reads it and by its address."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.utils.text import slugify

from . import files, reading, varying
from .browsing import Browser
from .filling import Cast
from .ground import Clock


class Writer:
    """Writes each answer once. What would have the name of another gets a number: the order of a page is the same each time."""

    def __init__(self, folder: Path, clock: Clock, cast: Cast, only: Collection[str] = ()) -> None:
        self.folder, self.clock, self.cast, self.only = folder, clock, cast, only
        self.written: set[str] = set()

    def write(self, name: str, text: str) -> None:
        if "/admin/" in name:
            text = varying.of_staff(text, name)
        number, wanted = 1, name
        while name in self.written:
            number += 1
            name = f"{wanted}~{number}"
        self.written.add(name)
        path = self.folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def read(self, reader: str, browser: Browser, address: str, name: str = "") -> Any:
        """The answer; its text stands in the folder of the reader."""
        cache.clear()  # no page is made from what was kept of another, no allowance is used up
        response = browser.get(address)
        text = files.answer(response)
        self.write(f"{reader}/{name or _name(address, response)}", text)
        return response


def is_page(response: Any) -> bool:
    return bool(response.get("Content-Type", "").startswith("text/html") and not response.streaming)


def _name(address: str, response: Any) -> str:
    """The address, and what the page is called where a key or a token stands in it."""
    named = varying.as_file(address)
    if re.search(r"(^|/)N(/|$)|TOKEN", named) and is_page(response):
        called = slugify(reading.title(response.content.decode()))[:80]
        return f"{named}--{called}" if called else named
    return named
