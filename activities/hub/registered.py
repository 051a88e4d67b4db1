"""Pages of the hub that apps put up, also apps above the one whose records they are about: certificates of an event."""

from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class PageOfHub:
    """`address` below that of the record, with a slash at its end; `name` is the end of its url name; `view` is a HubPage."""

    name: str
    address: str
    view: Any


_pages: dict[type[models.Model], list[PageOfHub]] = {}


def register_page(model: type[models.Model], name: str, view: Any, address: str | None = None) -> None:
    """In the `workspace.py` of an app, which is read before any address is."""
    _pages.setdefault(model, []).append(PageOfHub(name, f"{name}/" if address is None else address, view))


def pages_of_hub(model: type[models.Model]) -> list[PageOfHub]:
    return _pages.get(model, [])
