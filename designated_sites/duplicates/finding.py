"""Records that may be one and the same site.

Two records of a kind are shown to an officer if they share a name, in any script and kind of name, and a member state, and
are near each other or of the same year; where neither places nor years can be compared, the name and the state alone.
Names must be the same but for capitals, accents and signs: names that merely look alike belong to different places far more
often than to one. Parts of a shared site are no duplicates of it or of each other, a reserve is none of a geopark.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from history.versions import Version, data_version
from records.cached import WEEK, cached
from records.formats.names import fold

from ..drawing.distances import great_circle
from ..models import DesignatedSite, NotADuplicate, SiteName

NEAR_KM: Final = 30  # further than the accuracies of both points
SHORTEST: Final = 2  # letters of a name that says anything


@dataclass(frozen=True)
class Pair:
    """Two records by number, the lower first; the names they share; what is known of their distance and years."""

    first: int
    second: int
    names: tuple[str, ...]
    km: int | None
    same_year: bool | None


@dataclass(frozen=True)
class Facts:
    """What is compared of one record."""

    pk: int
    states: frozenset[str]
    year: int | None
    point: tuple[float, float, int] | None  # latitude, longitude, accuracy in km
    whole: int | None  # the shared site that this one is a part of


def candidates(model: type[DesignatedSite], version: Version | None = None) -> list[Pair]:
    """All pairs of a kind that nobody has decided on yet. Who knows the version of the data spares a query."""
    version = version or data_version()
    return cached("duplicates", version, lambda: list(_found(model)), model._meta.label, seconds=WEEK)


def open_count(*models: type[DesignatedSite], version: Version | None = None) -> int:
    """How many pairs of these kinds wait for an officer."""
    return sum(len(candidates(model, version)) for model in models)


@transaction.atomic
def keep_apart(*, one: int, other: int, reason: str, by: AbstractBaseUser) -> NotADuplicate:
    """Remembers that two records are two sites. ValidationError if that was decided already."""
    first, second = sorted((one, other))
    try:
        with transaction.atomic():
            return NotADuplicate.objects.create(first_id=first, second_id=second, reason=reason, by_id=by.pk)
    except IntegrityError as twice:
        raise ValidationError(_("It was decided already that these are two sites.")) from twice


def _found(model: type[DesignatedSite]) -> Iterator[Pair]:
    facts = {one.pk: one for one in _facts(model)}
    apart = set(NotADuplicate.objects.filter(first__site_type=model.TYPE).values_list("first_id", "second_id"))
    shared: dict[tuple[int, int], set[str]] = defaultdict(set)
    for name, numbers in _by_name(model).items():
        for first, second in combinations(sorted(numbers), 2):
            shared[first, second].add(name)
    for (first, second), names in sorted(shared.items()):
        if (first, second) not in apart and (pair := _compared(facts[first], facts[second], tuple(sorted(names)))):
            yield pair


def _compared(one: Facts, other: Facts, names: tuple[str, ...]) -> Pair | None:
    if not one.states & other.states or _are_parts(one, other):
        return None
    km = _distance(one, other)
    reach = NEAR_KM + sum(site.point[2] for site in (one, other) if site.point)
    near = None if km is None else km <= reach
    same_year = None if None in (one.year, other.year) else one.year == other.year
    if near or same_year or (near is None and same_year is None):
        return Pair(one.pk, other.pk, names, None if km is None else round(km), same_year)
    return None


def _are_parts(one: Facts, other: Facts) -> bool:
    """One is a part of the other, or both are parts of the same site."""
    return one.whole == other.pk or other.whole == one.pk or (one.whole is not None and one.whole == other.whole)


def _distance(one: Facts, other: Facts) -> float | None:
    """Kilometres along the surface between two points; None where one is not known."""
    if one.point is None or other.point is None:
        return None
    return great_circle(one.point[:2], other.point[:2])


def _facts(model: type[DesignatedSite]) -> Iterator[Facts]:
    columns = ["pk", "state_codes", "designation_year", "latitude", "longitude", "accuracy_km"]
    part = [f"{model.part_of}_id"] if model.part_of else []
    for pk, states, year, latitude, longitude, accuracy, *whole in model.objects.values_list(*columns, *part):
        point = None if latitude is None else (float(latitude), float(longitude), accuracy or 0)
        yield Facts(pk, frozenset(states), year, point, whole[0] if whole else None)


def _by_name(model: type[DesignatedSite]) -> dict[str, set[int]]:
    """Numbers of the records that carry a name, by the name made comparable."""
    found: dict[str, set[int]] = defaultdict(set)
    title = fold(model.title_in_name)
    rows = SiteName.objects.filter(site__site_type=model.TYPE).order_by()
    named = [*model.objects.order_by().values_list("pk", "name"), *rows.values_list("site_id", "name")]
    for pk, name in named:
        key = fold(name)
        key = key.removesuffix(title) if title else key
        if len(key) >= SHORTEST:
            found[key].add(pk)
    return found
