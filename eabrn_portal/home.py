"""What the home page shows, all of it computed from the records."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Final

from django.utils import timezone

from activities.models.activity import Occasion
from activities.models.windows import window_of
from designated_sites.listing.list_items import ListItem, list_items
from designated_sites.models import DesignatedSite
from events.models import Event
from geoparks.models import Geopark
from network.models import MemberState
from network.states import state_table, states_by_code
from reserves.models import BiosphereReserve
from trainings.models import Training

LATELY: Final = 5
COMING: Final = 4
A_DAY: Final = ((BiosphereReserve, 2), (Geopark, 1))  # how many of each kind the page shows


def home_context() -> dict[str, Any]:
    states = states_by_code()
    coming = _coming()
    years = [state.joined_year for state in states.values() if state.joined_year]
    return {
        **_sites(),
        **state_table(states.values()),
        "states": states,
        "since": min(years, default=None),
        "entries": _sites_of_the_day(states, timezone.now().date()),
        "meetings": meetings_on_record(),
        "open": [occasion for occasion in coming if window_of(occasion).state == "open"][:COMING],
        "coming": [occasion for occasion in coming if window_of(occasion).state != "open"][:COMING],
        "lately": _lately(),
    }


def _sites() -> dict[str, Any]:
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


def _coming() -> list[Occasion]:
    """What is to come, the next first; no part of a larger event beside it."""
    events = Event.objects.published().counted_once().coming()
    return _in_order(chain(events, Training.objects.published().coming()))


def _lately() -> list[Occasion]:
    """What took place last, the latest first."""
    past = (
        Event.objects.published().counted_once().with_coming(),
        Training.objects.published().with_coming(),
    )
    held = (occasions.filter(is_coming=False, is_sample=False).latest_first()[:LATELY] for occasions in past)
    return _in_order(chain.from_iterable(held))[::-1][:LATELY]


def _in_order(occasions: Iterable[Occasion]) -> list[Occasion]:
    return sorted(occasions, key=lambda occasion: occasion.starts_at)
