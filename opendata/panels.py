"""What the pages of sites show that only this floor can know: what lies nearby of either kind, documents of what took
place there."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.panels import Panel, register
from events.models import Event
from network.models import Document
from trainings.models import Training

from .nearby import nearby

SITES = ("reserves.biospherereserve", "geoparks.geopark")


def nearby_sites(site: Any) -> Panel | None:
    found = nearby(site)
    if not found:
        return None
    return Panel(
        key="nearby",
        title=_("Nearby sites"),
        note=_("As the crow flies between two points. The less exact the points, the rounder the figure."),
        template="opendata/_nearby.html",
        context={"sites": found},
        order=80,
    )


def documents_of_site(site: Any) -> Panel | None:
    """Documents of the events and trainings that are about the site or took place there."""
    here = {f"site_links__{site.kind}": site}
    events, trainings = Event.objects.published().filter(**here), Training.objects.published().filter(**here)
    linked = Q(events__in=events.values("pk")) | Q(trainings__in=trainings.values("pk"))
    found = list(Document.objects.published().filter(pk__in=Document.objects.filter(linked).values("pk")))
    if not found:
        return None
    return Panel(
        key="documents",
        title=_("Documents"),
        note=_("Of the events and trainings here."),
        template="opendata/_documents_of_site.html",
        context={"documents": found},
        order=75,
    )


register(SITES, documents_of_site)
register(SITES, nearby_sites)
