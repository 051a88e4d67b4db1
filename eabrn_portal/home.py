"""What the home page shows, all of it computed from the records. What is the same for everybody is cached; what is to come is
told on the clocks of the reader."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from activities.models.activity import Activity
from activities.models.windows import first_change, window_of
from activities.timezones.reader_zone import Reader, reader_of
from designated_sites.listing.list_items import ListItem, list_items
from designated_sites.models import DesignatedSite
from events.models import Event
from geoparks.models import Geopark
from history.versions import data_version
from network.models import MemberState
from network.states import state_table, states_by_code
from records.cached import Fragment, cached, drawn
from reserves.models import BiosphereReserve
from trainings.models import Training

LATELY: Final = 5
COMING: Final = 4
A_DAY: Final = ((BiosphereReserve, 2), (Geopark, 1))  # how many of each kind the page shows


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
        events = Event.objects.published().counted_once().coming()
        return sorted(chain(events, Training.objects.published().coming()), key=attrgetter("starts_at"))

    @property
    def until(self) -> dt.datetime:
        """When the sites of the day change, or earlier something begins, ends, opens or closes."""
        midnight = dt.datetime.combine(self.now.date() + dt.timedelta(days=1), dt.time(), dt.UTC)
        return min(midnight, first_change(self.coming) or midnight)

    def page(self) -> HomePage:
        states = states_by_code()
        years = [state.joined_year for state in states.values() if state.joined_year]
        context = {
            **_sites(),
            **state_table(states.values()),
            "states": states,
            "since": min(years, default=None),
            "entries": _sites_of_the_day(states, self.now.date()),
            "meetings": meetings_on_record(),
            "lately": _lately(),
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
        is_open = [window_of(activity).state == "open" for activity in self.coming]
        context = {
            "open": [activity for activity, can in zip(self.coming, is_open, strict=True) if can][:COMING],
            "coming": [activity for activity, can in zip(self.coming, is_open, strict=True) if not can][:COMING],
            "reader": reader,
        }
        return Fragment(drawn("home/coming.html", context), self.until)


def _sites() -> dict[str, object]:
    """All sites with a point for the map, and their figures. An aspiring geopark is counted as such."""
    reserves = BiosphereReserve.objects.published().designated()
    geoparks = Geopark.objects.published().exclude(status=DesignatedSite.Status.WITHDRAWN)
    of_reserves = list(reserves.values_list("longitude", "latitude", "state_codes"))
    of_geoparks = list(geoparks.values_list("longitude", "latitude", "status"))
    designated = sum(status == DesignatedSite.Status.DESIGNATED for *_point, status in of_geoparks)
    return {
        "markers": [
            *(("reserve", longitude, latitude) for longitude, latitude, _codes in of_reserves),
            *(("geopark", longitude, latitude) for longitude, latitude, _status in of_geoparks),
        ],
        "reserves": len(of_reserves),
        "shared": sum(len(codes) > 1 for *_point, codes in of_reserves),
        "geoparks": len(of_geoparks),
        "designated": designated,
        "aspiring": len(of_geoparks) - designated,
    }


def _sites_of_the_day(states: Mapping[str, MemberState], day: dt.date) -> list[ListItem]:
    """A few sites, others each day, the same for everybody on a day."""
    chosen: list[Any] = []
    for model, number in A_DAY:
        published = model.objects.published().designated()
        slugs = sorted(published.values_list("slug", flat=True), key=lambda slug: _lot(day, slug))[:number]
        chosen += sorted(published.with_names().filter(slug__in=slugs), key=lambda site: _lot(day, site.slug))
    return list_items(chosen, states)


def _lot(day: dt.date, slug: str) -> str:
    return hashlib.sha256(f"{day}/{slug}".encode()).hexdigest()


def meetings_on_record() -> int:
    """Events and trainings, samples left out. A series counts once with its parts, and so does a training with the
    events it consisted of."""
    real = {"is_sample": False}
    in_trainings = Training.events.through.objects.filter(training__in=Training.objects.published()).values("event_id")
    events = Event.objects.published().counted_once().filter(**real).exclude(pk__in=in_trainings)
    return events.count() + Training.objects.published().filter(**real).count()


def _lately() -> list[Activity]:
    """What took place last, the latest first."""
    past = (
        Event.objects.published().counted_once().with_coming(),
        Training.objects.published().with_coming(),
    )
    held = (activities.filter(is_coming=False, is_sample=False).latest_first()[:LATELY] for activities in past)
    return sorted(chain.from_iterable(held), key=attrgetter("starts_at"), reverse=True)[:LATELY]
