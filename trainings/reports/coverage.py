"""Which activities a report covers, and which of them are one: a programme and its parts count once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from activities.models import Activity, Involvement

from ..models import Training

Key = int  # of an event or training


@dataclass(frozen=True)
class Covers:
    """What a report is about: one training, one event, or all that belongs to a fund, a funder and a period at once.

    Days are those on the clocks of the place; both are within the period. Nothing given: everything.
    """

    activity_id: int | None = None
    fund_code: str = ""
    result_code: str = ""
    funder_id: int | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None


@dataclass(frozen=True)
class Held:
    """An event or training as reports need it. `counted`: neither a draft nor cancelled; `begun`: people can have come;
    `published`: the public may know of it."""

    key: Key
    kind: str
    slug: str
    title: str
    starts_on: dt.date
    fund_code: str
    result_code: str
    is_sample: bool
    published: bool
    counted: bool
    begun: bool
    part_of: Key | None = None

    @property
    def order(self) -> tuple[dt.date, str, Key]:
        """In the order of time."""
        return self.starts_on, self.kind, self.key


@dataclass(frozen=True)
class Programme:
    """What counts once: an activity with all its parts that are covered, itself among them."""

    head: Held
    parts: tuple[Held, ...]

    def keys(self, kind: str) -> list[Key]:
        return [part.key for part in self.parts if part.kind == kind]


class Calendar:
    """All activities with what each is part of. A webinar that was part of a training belongs to the training."""

    @cached_property
    def activities(self) -> dict[Key, Held]:
        now = timezone.now()
        return {held.key: held for held in _read(now)}

    @cached_property
    def parents(self) -> dict[Key, Key]:
        parents = {held.key: held.part_of for held in self.activities.values() if held.part_of is not None}
        links = Training.events.through.objects.order_by("-training_id")
        trained = links.values_list("event_id", "training_id")  # the first training holds, if there are several
        return parents | dict(trained)

    @cached_property
    def funders(self) -> dict[Key, set[int]]:
        found: dict[Key, set[int]] = defaultdict(set)
        funding = Involvement.objects.filter(role=Involvement.Role.FUNDER).exclude(partner=None)
        for activity, partner in funding.values_list("activity", "partner"):
            found[activity].add(partner)
        return found

    def upwards(self, key: Key) -> Iterator[Held]:
        """The activity itself, then what it is part of, up to the whole. A circle in the records ends it."""
        seen: set[Key] = set()
        at: Key | None = key
        while at is not None and at not in seen and at in self.activities:
            seen.add(at)
            yield self.activities[at]
            at = self.parents.get(at)

    def programmes(self, covers: Covers) -> list[Programme]:
        """What the report covers, in the order of time."""
        parts: dict[Key, list[Held]] = defaultdict(list)
        for key, held in self.activities.items():
            above = list(self.upwards(key))
            if not held.counted or any(one.is_sample for one in above):
                continue
            counted = [one for one in above if one.counted]
            covered = [one for one in counted if self._is_covered(one, covers)]
            if held in covered:
                parts[covered[-1].key].append(held)
        heads = sorted((self.activities[key] for key in parts), key=lambda one: one.order)
        return [Programme(head, tuple(sorted(parts[head.key], key=lambda one: one.order))) for head in heads]

    def _is_covered(self, held: Held, covers: Covers) -> bool:
        above = list(self.upwards(held.key))
        keys = {one.key for one in above}
        if covers.activity_id is not None and covers.activity_id not in keys:
            return False
        if covers.fund_code and _first(one.fund_code for one in above) != covers.fund_code:
            return False
        if covers.result_code and _first(one.result_code for one in above) != covers.result_code:
            return False
        if covers.funder_id is not None and covers.funder_id not in _nearest(above, self.funders):
            return False
        whole = [one for one in above if one.counted][-1]
        return (
            covers.first_day is None
            or covers.last_day is None
            or covers.first_day <= whole.starts_on <= covers.last_day
        )


def _first(codes: Iterable[str]) -> str:
    """A part without a code of its own has that of the whole."""
    return next((code for code in codes if code), "")


def _nearest(above: list[Held], funders: Mapping[Key, set[int]]) -> set[int]:
    """A part without a funder of its own has those of the whole."""
    return next((funders[one.key] for one in above if funders.get(one.key)), set())


def _read(now: dt.datetime) -> Iterator[Held]:
    columns = (
        "pk",
        "activity_type",
        "slug",
        "title",
        "starts_at",
        "timezone",
        "fund_code",
        "result_code",
        "is_sample",
        "published",
        "status",
        "event__part_of",
    )
    rows: Iterable[Any] = Activity.objects.order_by("-activity_type", "starts_at", "slug").values_list(*columns)
    for pk, kind, slug, title, starts_at, zone, fund_code, result_code, is_sample, published, status, whole in rows:
        yield Held(
            key=pk, kind=kind, slug=slug, title=title, starts_on=starts_at.astimezone(ZoneInfo(zone)).date(),
            fund_code=fund_code, result_code=result_code, is_sample=is_sample, published=published,
            counted=status not in (Activity.Status.DRAFT, Activity.Status.CANCELLED), begun=starts_at <= now, part_of=whole,
        )  # fmt: skip
