"""What the page of a site shows everybody, kept whole: whoever is signed in gets it with two small queries.

It is drawn without the request, so that nothing of a reader can be in it: no name, no token, no part for officers or
stewards. What only some may see stands in the page around it, and is drawn each time.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from history.versions import Version
from records.cached import AN_HOUR, cached
from records.listing.panels import Panel
from records.release_key import release_key


@dataclass(frozen=True)
class PublicPage:
    """`until`: when the clock alone makes it untrue, since a registration opens or closes; None when nothing will."""

    title: str
    description: str
    linked_data: SafeString
    main: SafeString
    until: dt.datetime | None = None

    @property
    def is_true(self) -> bool:
        return self.until is None or timezone.now() < self.until


def until(panels: Iterable[Panel]) -> dt.datetime | None:
    """When the first of the panels will show something else."""
    return min((panel.until for panel in panels if panel.until), default=None)


def cached_page(version: Version, made_from: Iterable[Any], make: Callable[[], PublicPage]) -> PublicPage:
    """The page under the number of the data, which was asked before any record was read, in the language of the reader.
    A developer gets what he has just written."""
    parts = (release_key(), settings.SITE_URL, version.number, get_language(), *made_from)
    if settings.DEBUG:
        return make()
    return cached("site-page", parts, make, may_store=version.settled, seconds=AN_HOUR, is_true=_is_true)


def _is_true(page: PublicPage) -> bool:
    return page.is_true
