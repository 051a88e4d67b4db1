"""The clocks of the sites one answers for, of both kinds together; and the sites that lie at one place."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from designated_sites.models import ClockedQuerySet, DesignatedSite
from designated_sites.models.review_clock import ReviewCycle, by_date
from geoparks.models import Geopark
from records.formats.vocabulary import Designation
from records.scope import Scope
from reserves.models import BiosphereReserve

from .own_sites import MODELS

# How a site is related to others on the same ground, and which designation of a place these stand for.
AT_THE_PLACE: Final = {
    "reserve": ("overlapping_geoparks", "national_parts"),
    "geopark": ("overlapping_reserves",),
}
RECORDED: Final = {"reserve": Designation.BIOSPHERE_RESERVE, "geopark": Designation.GLOBAL_GEOPARK}


def sites_answered_for(kind: str, scope: Scope) -> ClockedQuerySet:
    """Sites of a kind in a scope; what is not published is seen by officers only."""
    sites = MODELS[kind].objects.in_scope(scope)
    return sites if scope.all else sites.published()


def clocks_in_scope(scope: Scope, now: dt.datetime | None = None) -> list[ReviewCycle]:
    """The next first; the sites at the same place are fetched with each. Three queries for reserves and for geoparks."""
    overlaps = {"reserve": "overlapping_geoparks", "geopark": "overlapping_reserves"}
    return by_date(
        clock
        for kind, relation in overlaps.items()
        for clock in sites_answered_for(kind, scope).prefetch_related(relation).clocks(now)
    )


def overlapping(site: DesignatedSite, scope: Scope) -> list[DesignatedSite]:
    """Sites of the other kind at the same place, from what `clocks_in_scope` has fetched."""
    return [other for other in getattr(site, AT_THE_PLACE[site.kind][0]).all() if scope.all or other.published]


def sites_at_the_place(site: DesignatedSite, scope: Scope) -> list[BiosphereReserve | Geopark]:
    """Every other site on the same ground, of both kinds: overlapping ones, the joint reserve, its national parts."""
    found = [other for relation in AT_THE_PLACE[site.kind] for other in getattr(site, relation).with_outcomes()]
    if joint := getattr(site, "joint_reserve", None):
        found.append(joint)
    return [other for other in found if scope.all or other.published]


def answers_for(site: DesignatedSite, scope: Scope) -> bool:
    """As `in_scope`, of a site that is there already."""
    return scope.all or bool(scope.states & set(site.state_codes)) or site.pk in scope.sites


def other_designations(site: DesignatedSite, others: Iterable[DesignatedSite]) -> list[str]:
    """The designations of the place for which no site of `others` stands, by their names. They have no clock here."""
    recorded = {RECORDED[other.kind] for other in others}
    return [str(Designation(value).label) for value in site.other_designations if value not in recorded]
