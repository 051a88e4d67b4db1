"""What the public learns of reviews: how they ended, only where the council's text is public, and with it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from records.listing.panels import Panel


def outcomes_panel(title: str | Promise, is_decided: Callable[[Any], bool]) -> Callable[[Model], Panel | None]:
    """Makes the section of a site's page for one kind of review. Due dates and what is under way stand in no public page."""

    def panel(site: Any) -> Panel | None:
        cited = getattr(site, site.clock_rows).exclude(public_source="").select_related("document")
        decided = [review for review in cited if is_decided(review)]
        if not decided:
            return None
        return Panel("outcomes", title, "designated_sites/_panel_of_outcomes.html", {"outcomes": decided}, order=45)

    return panel
