"""Blocks of a record's page that higher floors contribute: "events here" on a site, "reserves" of a member state.

An app writes `panels.py` and registers a function for the label of a model, e.g. "reserves.biospherereserve". It gets
the record and returns a Panel, or None when it has nothing to show. Order is by `order`, then by registration.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise

from ..template_context import Context


@dataclass(frozen=True)
class Panel:
    """One section of a page: its anchor, heading, and the template that draws its body from the context. `until`: when it
    will show something else though no record changes. It may be kept, so nothing in it depends on who reads."""

    key: str
    title: str | Promise
    template: str
    context: Context = field(default_factory=dict)
    order: int = 50
    note: str | Promise = ""
    until: dt.datetime | None = None


PanelMaker = Callable[[Any], Panel | None]
_makers: dict[str, list[PanelMaker]] = {}


def register(labels: Iterable[str], maker: PanelMaker) -> None:
    """Adds a maker of panels to the pages of the models with these labels."""
    for label in labels:
        _makers.setdefault(label, []).append(maker)


def panels_of(record: models.Model) -> list[Panel]:
    """All panels that have something to show for a record, in order."""
    made = (maker(record) for maker in _makers.get(record._meta.label_lower, []))
    return sorted((panel for panel in made if panel), key=lambda panel: panel.order)
