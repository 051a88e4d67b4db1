"""Events and trainings with their participants, by year and by member state. A series and its parts count once.

A number of participants that no source gives is counted as not known. What is yet to come has no participants to know.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from network.models import MemberState
from records.template_context import Context

from .counted_records import ActivityRow, Figures


@dataclass
class Tally:
    """How many took place, how many people took part as far as is known, and for how many it is not known."""

    number: int = 0
    participants: int = 0
    unknown: int = 0

    def add(self, activity: ActivityRow) -> None:
        self.number += 1
        self.participants += activity.participants or 0
        self.unknown += activity.participants is None and activity.has_begun


@dataclass
class ActivityFigures:
    """The line of a year, of a member state, of what was held in none of them, or of the network."""

    year: int | None = None
    state: MemberState | None = None
    events: Tally = field(default_factory=Tally)
    trainings: Tally = field(default_factory=Tally)

    @property
    def number(self) -> int:
        return self.events.number + self.trainings.number


def _both(figures: Figures) -> Iterable[tuple[str, list[ActivityRow]]]:
    return (("events", figures.events), ("trainings", figures.trainings))


def by_year(figures: Figures) -> list[ActivityFigures]:
    """The latest first; years without any are left out."""
    lines: dict[int, ActivityFigures] = {}
    for kind, activities in _both(figures):
        for activity in activities:
            line = lines.setdefault(activity.year, ActivityFigures(year=activity.year))
            getattr(line, kind).add(activity)
    return [lines[year] for year in sorted(lines, reverse=True)]


def by_place(figures: Figures) -> Context:
    """A line for each member state; what was held in two counts in both. `elsewhere`: in no member state on record."""
    lines = {state.code: ActivityFigures(state=state) for state in figures.states}
    elsewhere, network = ActivityFigures(), ActivityFigures()
    for kind, activities in _both(figures):
        for activity in activities:
            getattr(network, kind).add(activity)
            for line in [lines[code] for code in activity.state_codes if code in lines] or [elsewhere]:
                getattr(line, kind).add(activity)
    return {"lines": list(lines.values()), "elsewhere": elsewhere, "network": network}
