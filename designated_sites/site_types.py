"""The types of site there are. An app describes its type once, in `site_type.py`; search, mails, counts, panels and the forms of
those who look after a site read it here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from records.listing.state_counts import Source

from .models import DesignatedSite
from .stewardship.editable_site_types import EditableSiteType, Part, register_editable_site_type


@dataclass(frozen=True)
class Reviews:
    """How the designation of a type of site is reviewed: the title of what is public of it, which of its rows are decided,
    and the mail that reminds of the next one."""

    title: str | Promise
    is_decided: Callable[[Any], bool]
    reminder: str
    reminder_label: str | Promise
    reminder_template: str


@dataclass(frozen=True)
class SiteType:
    """One type of site. `counts` are its figures in the table of member states; `parts` the facts that those who look after a
    site may propose to change; `order` its place among what the search finds."""

    sites: type[DesignatedSite]
    title: str | Promise
    order: int
    parts: tuple[Part, ...]
    counts: tuple[Source, ...]
    reviews: Reviews


_types: list[SiteType] = []


def register_site_type(site_type: SiteType) -> None:
    _types.append(site_type)
    register_editable_site_type(EditableSiteType(sites=site_type.sites, parts=site_type.parts))


def site_types() -> list[SiteType]:
    return list(_types)
