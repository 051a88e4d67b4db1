"""What the page of a site shows everybody, cached whole: whoever is signed in gets it with two small queries.

It is drawn without the request, so that nothing of a reader can be in it: no name, no token, no part for officers or
stewards. What only some may see stands in the page around it, and is drawn each time.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from records.listing.panels import Panel


@dataclass(frozen=True)
class PublicPage:
    """`until`: when the clock alone makes it untrue, since a registration opens or closes; None when nothing will."""

    title: str
    description: str
    linked_data: SafeString
    main: SafeString
    until: dt.datetime | None = None


def until(panels: Iterable[Panel]) -> dt.datetime | None:
    """When the first of the panels will show something else."""
    return min((panel.until for panel in panels if panel.until), default=None)
