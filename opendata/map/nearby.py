"""Which sites of either kind lie near a site: by the great circle between their points, which may be far off themselves."""

from dataclasses import dataclass
from math import asin, cos, degrees, hypot, radians, sin
from typing import Any, Final, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from designated_sites.drawing.distances import great_circle
from designated_sites.drawing.laea import EARTH_RADIUS
from designated_sites.models import DesignatedSite, SiteName, SiteQuerySet
from geoparks.models import Geopark
from records.formats.measures import grouped
from reserves.models import BiosphereReserve

REACH: Final = 300  # km; farther off is not near
COARSEST: Final = 40  # km; a point known less well tells nothing of what is near
GIVEN: Final = 5  # km; how far off a point is taken to be whose accuracy is not recorded: a source gave it
MOST: Final = 6
STEPS: Final = (10, 20, 50, 100)  # km; what a distance may be rounded to

_COLUMNS: Final = (
    "pk",
    "site_type",
    "slug",
    "name",
    "status",
    "designation_year",
    "latitude",
    "longitude",
    "accuracy_km",
)


@dataclass(frozen=True)
class Neighbour:
    """A site nearby. `step` is what its distance is rounded to: no finer than both points are known together."""

    kind: str
    slug: str
    name: str
    status: str
    designation_year: int | None
    admin_region: str
    local_names: list[dict[str, str]]
    kilometres: float
    step: int

    @property
    def get_absolute_url(self) -> str:
        return reverse(f"{self.kind}-detail", args=[self.slug])

    @property
    def distance(self) -> str:
        rounded = round(self.kilometres / self.step) * self.step
        if not rounded:
            return _("less than %(number)s km") % {"number": self.step}
        return _("about %(number)s km") % {"number": grouped(rounded)}


def nearby(site: DesignatedSite) -> list[Neighbour]:
    """The nearest sites, at most six; none for a site whose own point is not known well enough."""
    if site.latitude is None or site.longitude is None or (site.accuracy_km or 0) > COARSEST:
        return []
    here = float(site.latitude), float(site.longitude)
    found = [_neighbour(site, here, row) for row in _read(_others(site), box(*here))]
    near = [one for one in found if one.kilometres <= REACH]
    return sorted(near, key=lambda one: (one.kilometres, one.name, one.kind))[:MOST]


def step_for(accuracy: int | None, other: int | None) -> int:
    """What a distance is rounded to when both of its ends may be so many kilometres off."""
    off = hypot(GIVEN if accuracy is None else accuracy, GIVEN if other is None else other)
    return next((step for step in STEPS if step >= off), STEPS[-1])


def box(latitude: float, longitude: float) -> Q:
    """All within reach lies in this box of degrees, and little more; it may cross the antimeridian or hold the pole."""
    high = degrees(REACH / EARTH_RADIUS)
    within = Q(latitude__gte=latitude - high, latitude__lte=latitude + high)
    if abs(latitude) + high >= 90:
        return within
    wide = degrees(asin(sin(radians(high)) / cos(radians(latitude))))
    west, east = longitude - wide, longitude + wide
    if west < -180:
        return within & (Q(longitude__lte=east) | Q(longitude__gte=west + 360))
    if east > 180:
        return within & (Q(longitude__gte=west) | Q(longitude__lte=east - 360))
    return within & Q(longitude__gte=west, longitude__lte=east)


def _others(site: DesignatedSite) -> SiteQuerySet:
    """Sites of both kinds but the site itself and those the page names already: what it overlaps, is part of or holds."""
    others = DesignatedSite.objects.published().exclude(pk=site.pk)
    if site.kind == Geopark.kind:
        return others.exclude(pk__in=_keys(BiosphereReserve.objects.filter(overlapping_geoparks=site.pk)))
    joint = cast(BiosphereReserve, site).joint_reserve_id
    others = others.exclude(pk=joint) if joint else others
    parts = _keys(BiosphereReserve.objects.filter(joint_reserve=site.pk))
    return others.exclude(pk__in=parts).exclude(pk__in=_keys(Geopark.objects.filter(overlapping_reserves=site.pk)))


def _keys(sites: SiteQuerySet) -> QuerySet:
    return sites.order_by().values("pk")


def _read(sites: SiteQuerySet, where: Q) -> QuerySet:
    local = SiteName._base_manager.filter(site=OuterRef("pk"), kind=SiteName.Kind.LOCAL).order_by("order", "pk")
    return (
        sites.filter(where, Q(accuracy_km=None) | Q(accuracy_km__lte=COARSEST))
        .order_by()
        .values(
            *_COLUMNS,
            "admin_region",
            local=ArraySubquery(local.values(row=JSONObject(name=F("name"), language=F("language")))),
        )
    )


def _neighbour(site: DesignatedSite, here: tuple[float, float], row: dict[str, Any]) -> Neighbour:
    return Neighbour(
        kind=row["site_type"],
        slug=row["slug"],
        name=row["name"],
        status=row["status"],
        designation_year=row["designation_year"],
        admin_region=row["admin_region"],
        local_names=row["local"],
        kilometres=great_circle(here, (float(row["latitude"]), float(row["longitude"]))),
        step=step_for(site.accuracy_km, row["accuracy_km"]),
    )
