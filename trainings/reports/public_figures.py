"""What the public may know of who takes part: participants by sex, by year and by member state, of years that are over.

Counted by the same rules as a report to a donor, with small counts hidden as there. A year that still runs is left out: whoever
looked at it before and after an event would see in the difference who was there.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import MemberState

from .categories import NOT_STATED, SEXES, Stage
from .coverage import Calendar, Covers
from .participations import Participation, Reading
from .suppression import PublicTable, public_table
from .tables import Axis, Code, crossed

FIRST_DAY: Final = dt.date(1, 1, 1)


@dataclass(frozen=True)
class PublicFigures:
    """Two tables with the same columns; None where so few took part that even totals would tell who."""

    years: PublicTable | None
    states: PublicTable | None


def public_figures() -> PublicFigures:
    """Of events and trainings that the public may know of. Few queries, whose number depends on nothing."""
    last_day = dt.date(timezone.now().year - 1, 12, 31)
    covered = Calendar().programmes(Covers(first_day=FIRST_DAY, last_day=last_day))
    programmes = [
        replace(one, parts=tuple(part for part in one.parts if part.published)) for one in covered if one.head.published
    ]
    present = [one for one in Reading(programmes).participations() if Stage.TOOK_PART in one.stages]
    begun = {one.head.key: str(one.head.starts_on.year) for one in programmes}
    years = {year: year for year in sorted({begun[one.programme] for one in present}, reverse=True)}
    named = MemberState.objects.published().order_by("name").values_list("code", "name")
    states = {**dict(named), NOT_STATED: _("Not stated, or another country")}
    return PublicFigures(
        years=_shown("participants", _("Year"), present, Axis(years, lambda one: begun[one.programme])),
        states=_shown("participant-states", _("Member state"), present, Axis(states, _state_of(states))),
    )


def _state_of(states: dict[str, str]) -> Code:
    return lambda one: one.member_state if one.member_state in states else NOT_STATED


def _shown(code: str, heading: str, present: Sequence[Participation], rows: Axis) -> PublicTable | None:
    sexes = Axis({str(sex): str(label) for sex, label in SEXES.items()}, lambda one: one.sex)
    return public_table(crossed(code, "", heading, present, rows, sexes, public=True))
