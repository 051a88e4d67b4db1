"""What machines subscribe to: the Atom feed and the site map."""

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from activities.models.standing import standing_note, with_rooms
from events.models import Event
from geoparks.models import Geopark
from network.models import Document, MemberState, Partner, Programme
from records.models import Record
from reserves.models import BiosphereReserve
from trainings.models import Training

# How many of each kind the feed holds: the newest by their own date, not by when somebody typed them in.
ACTIVITIES, OTHERS = 20, 10


News: TypeAlias = Event | Training | Document | BiosphereReserve | Geopark


class NewsFeed(Feed):
    """The latest events and trainings, documents and designations; samples are left out."""

    feed_type = Atom1Feed
    title = _("East Asian Biosphere Reserve Network: news")
    subtitle = _("The latest events, trainings, documents and designated sites of the network.")
    feed_copyright = _("Terms of use: see the page of terms on the portal.")

    def link(self) -> str:
        return reverse("home")

    def items(self) -> list[News]:
        activities = (Event.objects, Training.objects)
        sites = (BiosphereReserve.objects, Geopark.objects)
        newest = [
            *(
                one
                for kind in activities
                for one in kind.published().filter(is_sample=False).latest_first()[:ACTIVITIES]
            ),
            *Document.objects.published().exclude(year=None).order_by("-year", "title", "slug")[:OTHERS],
            *(
                one
                for kind in sites
                for one in kind.published().designated().order_by("-designation_year", "name", "slug")[:OTHERS]
            ),
        ]
        with_rooms(one for one in newest if isinstance(one, Activity))
        return sorted(newest, key=_own_date, reverse=True)

    def item_title(self, item: News) -> str:
        note = standing_note(item) if isinstance(item, Activity) else ""
        return f"{item} ({note})" if note else str(item)

    def item_description(self, item: News) -> str:
        return str(item.summary)

    def item_categories(self, item: News) -> list[str]:
        return [str(item._meta.verbose_name)]

    def item_updateddate(self, item: News) -> dt.datetime:
        return item.updated_at

    def item_pubdate(self, item: News) -> dt.datetime:
        return item.created_at


def _own_date(item: News) -> dt.datetime:
    """When it took place; a year counts from its first day."""
    if isinstance(item, Activity):
        return item.starts_at
    year = item.year if isinstance(item, Document) else item.designation_year
    return dt.datetime(year or dt.MINYEAR, 1, 1, tzinfo=dt.UTC)


class Records(Sitemap):
    """All published records of one kind."""

    def __init__(self, published: Callable[[], QuerySet]) -> None:
        super().__init__()
        self._published = published

    def items(self) -> QuerySet:
        return self._published()

    def lastmod(self, item: Record) -> dt.datetime:
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
            "calendars",
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
    "reserves": Records(lambda: BiosphereReserve.objects.published().order_by("slug")),
    "geoparks": Records(lambda: Geopark.objects.published().order_by("slug")),
    "member-states": Records(lambda: MemberState.objects.published().order_by("code")),
    "partners": Records(lambda: Partner.objects.published().order_by("slug")),
    "programmes": Records(lambda: Programme.objects.published().order_by("slug")),
    "documents": Records(lambda: Document.objects.published().order_by("slug")),
    "events": Records(lambda: Event.objects.published().filter(is_sample=False).order_by("slug")),
    "trainings": Records(lambda: Training.objects.published().filter(is_sample=False).order_by("slug")),
}
