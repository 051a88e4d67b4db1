"""What machines subscribe to: the Atom feed and the site map."""

from collections.abc import Callable
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.occasions import Occasion
from geoparks.models import Geopark
from network.models import Document, MemberState, Partner, Programme
from reserves.models import BiosphereReserve
from trainings.models import Training

NEWEST = 30


class NewsFeed(Feed):
    """The latest events and trainings; samples are left out."""

    feed_type = Atom1Feed
    title = _("East Asian Biosphere Reserve Network: events and trainings")
    subtitle = _("The latest events and trainings of the network.")

    def link(self) -> str:
        return reverse("event-list")

    def items(self) -> list[Occasion]:
        latest = [
            *Event.objects.published().filter(is_sample=False).latest_first()[:NEWEST],
            *Training.objects.published().filter(is_sample=False).latest_first()[:NEWEST],
        ]
        return sorted(latest, key=lambda occasion: occasion.starts_at, reverse=True)[:NEWEST]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_updateddate(self, item: Any) -> Any:
        return item.updated_at

    def item_pubdate(self, item: Any) -> Any:
        return item.created_at


class Records(Sitemap):
    """All published records of one kind."""

    def __init__(self, published: Callable[[], QuerySet]) -> None:
        super().__init__()
        self._published = published

    def items(self) -> QuerySet:
        return self._published()

    def lastmod(self, item: Any) -> Any:
        return item.updated_at


class Pages(Sitemap):
    """Lists and pages of text."""

    def items(self) -> list[str]:
        lists = ("reserve", "geopark", "memberstate", "partner", "programme", "document", "event", "training")
        return [
            "home",
            *(f"{name}-list" for name in lists),
            "site-list",
            "map",
            "statistics",
            "about",
            "contact",
            "privacy",
            "accessibility",
            "terms",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {
    "pages": Pages,
    "reserves": Records(lambda: BiosphereReserve.objects.published().order_by("pk")),
    "geoparks": Records(lambda: Geopark.objects.published().order_by("pk")),
    "member-states": Records(lambda: MemberState.objects.published().order_by("pk")),
    "partners": Records(lambda: Partner.objects.published().order_by("pk")),
    "programmes": Records(lambda: Programme.objects.published().order_by("pk")),
    "documents": Records(lambda: Document.objects.published().order_by("pk")),
    "events": Records(lambda: Event.objects.published().filter(is_sample=False).order_by("pk")),
    "trainings": Records(lambda: Training.objects.published().filter(is_sample=False).order_by("pk")),
}
