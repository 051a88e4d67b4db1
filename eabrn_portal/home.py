"""What the home page shows, all of it computed from the records. What is the same for everybody is cached; what is to come is
told on the clocks of the reader."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from activities.models.activity import Activity, ActivityQuerySet
from activities.models.standing import with_rooms
from activities.models.windows import first_change, window_of
from activities.timezones.reader_zone import Reader, reader_of
from designated_sites.models import DesignatedSite, SiteName
from geoparks.models import Geopark
from history.versions import data_version
from network.models import MemberState
from network.states import state_table, states_by_code
from records.cached import Fragment, cached, drawn
from reserves.models import BiosphereReserve
from trainings.models import Training
from typed_records.base import completed

LATELY: Final = 5
COMING: Final = 4
A_DAY: Final = ((BiosphereReserve.TYPE, 2), (Geopark.TYPE, 1))  # how many of each type the page shows

MODELS: Final = {model.TYPE: model for model in (BiosphereReserve, Geopark)}

# Names to try the search with, one for each script of the network, with their language
EXAMPLES: Final = (("长白山", "zh-Hans"), ("屋久島", "ja"), ("제주도", "ko"), ("Хөвсгөл", "mn"), ("Катунский", "ru"))


@dataclass(frozen=True)
class HomePage:
    """The parts of the page that are the same for everybody, until the clock changes them."""

    opening: SafeString
    figures: SafeString
    records: SafeString
    something_comes: bool
    until: dt.datetime


class _Site(NamedTuple):
    """As much of a site as the page needs of all."""

    pk: int
    site_type: str
    slug: str
    name: str
    status: str
    designation_year: int | None
    state_codes: list[str]
    longitude: Decimal | None
    latitude: Decimal | None

    @property
    def is_designated(self) -> bool:
        return self.status == DesignatedSite.Status.DESIGNATED

    @property
    def kind(self) -> str:
        return self.site_type

    @property
    def title_in_name(self) -> str:
        return MODELS[self.site_type].title_in_name

    def get_absolute_url(self) -> str:
        return reverse(f"{self.site_type}-detail", args=[self.slug])


@dataclass(frozen=True)
class _SiteOfTheDay:
    site: _Site
    states: list[MemberState]
    local_names: list[SiteName]


def home_context(request: HttpRequest) -> dict[str, object]:
    """Who reads is asked only where a time is told."""
    version, home = data_version(), Home()
    page = cached("home", version, home.page, until=lambda page: page.until)
    if not page.something_comes:
        return {"page": page}
    reader = Reader(reader_of(request).zone)
    coming = cached("home-coming", version, lambda: home.to_come(reader), reader.zone, until=lambda part: part.until)
    return {"page": page, "coming": coming.html}


class Home:
    """The records of the page, read once each and only when asked for."""

    @cached_property
    def now(self) -> dt.datetime:
        return timezone.now()

    @cached_property
    def coming(self) -> list[Activity]:
        """What is to come, the next first; no part of a larger event beside it."""
        return list(_activities().coming())

    @property
    def until(self) -> dt.datetime:
        """When the sites of the day change, or earlier something begins, ends, opens or closes."""
        midnight = dt.datetime.combine(self.now.date() + dt.timedelta(days=1), dt.time(), dt.UTC)
        return min(midnight, first_change(self.coming, places=False) or midnight)

    def page(self) -> HomePage:
        states = states_by_code()
        sites, lately = _sites(), _lately()
        completed([*self.coming, *lately])
        context = {
            **_map_and_figures(sites),
            **state_table(states.values()),
            "states": states,
            "entries": _sites_of_the_day(sites, states, self.now.date()),
            "meetings": meetings_on_record(),
            "lately": lately,
            "examples": EXAMPLES,
        }
        return HomePage(
            opening=drawn("home/opening.html", context),
            figures=drawn("home/figures.html", context),
            records=drawn("home/records.html", context),
            something_comes=bool(self.coming),
            until=self.until,
        )

    def to_come(self, reader: Reader) -> Fragment:
        """What is open for registration, and what is only announced, with its times."""
        with_rooms(completed(self.coming))
        is_open = [window_of(activity).state == "open" for activity in self.coming]
        context = {
            "open": [activity for activity, can in zip(self.coming, is_open, strict=True) if can][:COMING],
            "coming": [activity for activity, can in zip(self.coming, is_open, strict=True) if not can][:COMING],
            "reader": reader,
        }
        return Fragment(drawn("home/coming.html", context), min(self.until, first_change(self.coming) or self.until))


def _sites() -> list[_Site]:
    """All that are public, by name."""
    rows = DesignatedSite.objects.published().order_by("name", "slug", "site_type")
    return list(map(_Site._make, rows.values_list(*_Site._fields)))


def _map_and_figures(sites: Iterable[_Site]) -> dict[str, object]:
    """All sites with a point for the map, and their figures. An aspiring geopark is counted as such."""
    reserves = [site for site in sites if site.site_type == BiosphereReserve.TYPE and site.is_designated]
    geoparks = [
        site for site in sites if site.site_type == Geopark.TYPE and site.status != DesignatedSite.Status.WITHDRAWN
    ]
    designated = sum(site.is_designated for site in geoparks)
    return {
        "markers": [(site.site_type, site.longitude, site.latitude) for site in (*reserves, *geoparks)],
        "reserves": len(reserves),
        "shared": sum(len(site.state_codes) > 1 for site in reserves),
        "geoparks": len(geoparks),
        "designated": designated,
        "aspiring": len(geoparks) - designated,
    }


def _sites_of_the_day(sites: Iterable[_Site], states: Mapping[str, MemberState], day: dt.date) -> list[_SiteOfTheDay]:
    """A few sites, others each day, the same for everybody on a day."""
    chosen: list[_Site] = []
    for kind, number in A_DAY:
        of_kind = [site for site in sites if site.site_type == kind and site.is_designated]
        chosen += sorted(of_kind, key=lambda site: _lot(day, site.slug))[:number]
    local = list(SiteName.objects.filter(site__in=[site.pk for site in chosen], kind=SiteName.Kind.LOCAL))
    return [
        _SiteOfTheDay(
            site,
            [states[code] for code in site.state_codes if code in states],
            [name for name in local if name.site_id == site.pk],
        )
        for site in chosen
    ]


def _lot(day: dt.date, slug: str) -> str:
    return hashlib.sha256(f"{day}/{slug}".encode()).hexdigest()


def meetings_on_record() -> int:
    """Events and trainings, samples left out. A series counts once with its parts, and so does a training with the
    events it consisted of."""
    in_trainings = Training.events.through.objects.filter(training__in=Training.objects.published()).values("event_id")
    return _activities().filter(is_sample=False).exclude(pk__in=in_trainings).count()


def _activities() -> ActivityQuerySet:
    """Events and trainings in one; no part of a larger event beside it."""
    return Activity.objects.published().filter(event__part_of=None)


def _lately() -> list[Activity]:
    """What took place last, the latest first."""
    held = _activities().with_coming().filter(is_coming=False, is_sample=False)
    return list(held.latest_first()[:LATELY])
