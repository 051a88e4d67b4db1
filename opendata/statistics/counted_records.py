"""The records that statistics count, read once each and only when asked for: what is counted of them is plain Python."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from activities.models import Activity
from geoparks.models import Geopark
from network.models import MemberState
from reserves.models import BiosphereReserve
from trainings.reports.public_figures import PublicFigures, public_figures


@dataclass(frozen=True)
class SiteRow:
    """As much of a site as statistics need."""

    status: str
    state_codes: list[str]
    designation_year: int | None
    area_ha: Decimal | None
    other_designations: list[str]


@dataclass(frozen=True)
class ReserveRow(SiteRow):
    """`is_joint`: has national parts, which are counted in records of their own."""

    ecosystem: str
    core_ha: Decimal | None
    buffer_ha: Decimal | None
    transition_ha: Decimal | None
    is_joint: bool


@dataclass(frozen=True)
class ActivityRow:
    """An event or training. `year` is that of the clocks of its place; it took place or is yet to come."""

    year: int
    state_codes: list[str]
    participants: int | None
    starts_at: dt.datetime
    has_begun: bool


class Figures:
    """Published records only. Reserves and geoparks that are not designated are counted as what they are."""

    @cached_property
    def now(self) -> dt.datetime:
        return timezone.now()

    @property
    def until(self) -> dt.datetime:
        """When the clock alone will change what is counted: something begins, or a day of UTC ends."""
        midnight = dt.datetime.combine(self.now.date() + dt.timedelta(days=1), dt.time(), dt.UTC)
        to_come = (one.starts_at for one in (*self.events, *self.trainings) if not one.has_begun)
        return min((midnight, *to_come))

    @cached_property
    def states(self) -> list[MemberState]:
        return list(MemberState.objects.published().order_by("name"))

    @cached_property
    def reserves(self) -> list[ReserveRow]:
        """The designated ones."""
        columns = [name for name in ReserveRow.__dataclass_fields__ if name != "is_joint"]
        designated = BiosphereReserve.objects.published().designated()
        rows: list[Any] = list(designated.values_list("pk", "joint_reserve", *columns))
        joint = {whole for _pk, whole, *_facts in rows}
        return [
            ReserveRow(**dict(zip(columns, facts, strict=True)), is_joint=pk in joint) for pk, _whole, *facts in rows
        ]

    @cached_property
    def all_geoparks(self) -> list[SiteRow]:
        rows = Geopark.objects.published().values_list(*SiteRow.__dataclass_fields__)
        return [SiteRow(*row) for row in rows]

    @property
    def geoparks(self) -> list[SiteRow]:
        """The designated ones."""
        return [one for one in self.all_geoparks if one.status == Geopark.Status.DESIGNATED]

    @property
    def aspiring(self) -> list[SiteRow]:
        return [one for one in self.all_geoparks if one.status == Geopark.Status.ASPIRING]

    @property
    def events(self) -> list[ActivityRow]:
        return self._activities[Activity.Type.EVENT]

    @property
    def trainings(self) -> list[ActivityRow]:
        return self._activities[Activity.Type.TRAINING]

    @cached_property
    def participants(self) -> PublicFigures:
        """Who took part, in years that are over, without small counts."""
        return public_figures()

    @cached_property
    def _activities(self) -> dict[str, list[ActivityRow]]:
        """By type; no part of a larger event."""
        found: dict[str, list[ActivityRow]] = {kind: [] for kind in Activity.Type}
        counted = Activity.objects.published().counted().filter(event__part_of=None)
        columns = ("activity_type", "starts_at", "timezone", "state_codes", "participants")
        for kind, start, zone, codes, participants in counted.values_list(*columns):
            year = start.astimezone(ZoneInfo(zone)).year
            found[kind].append(ActivityRow(year, codes, participants, start, start <= self.now))
        return found
