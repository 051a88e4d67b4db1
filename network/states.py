"""The member states as lists and tables need them: all at once, by code."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from records.listing.state_counts import Counted, counted

from .models import MemberState

BAR_WIDTH: Final = 240  # units of the drawing; the longest bar fills it
BAR_STEP: Final = 11


def states_by_code() -> dict[str, MemberState]:
    """All published member states by their names in the language of the page."""
    return {state.code: state for state in MemberState.objects.published().order_by("name")}


def names_of(codes: Iterable[str], states: dict[str, MemberState]) -> list[str]:
    """Names for the codes of a record, in the order of the codes."""
    return [states[code].name for code in codes if code in states]


@dataclass(frozen=True)
class Bar:
    """One drawn bar of a line, in units of the drawing."""

    css: str
    y: int
    width: int


@dataclass(frozen=True)
class StateLine:
    state: MemberState
    numbers: list[int]
    bars: list[Bar]


def state_table(states: Iterable[MemberState]) -> dict[str, object]:
    """The table of member states: what is counted, a line for each state, the height of its bars."""
    columns = counted()
    drawn = [column for column in columns if column.bar]
    longest = max((number for column in drawn for number in column.by_state.values()), default=0) or 1
    lines = [
        StateLine(state, [column.by_state[state.code] for column in columns], _bars(state.code, drawn, longest))
        for state in states
    ]
    return {"columns": columns, "lines": lines, "height": BAR_STEP * len(drawn), "width": BAR_WIDTH}


def _bars(code: str, drawn: list[Counted], longest: int) -> list[Bar]:
    return [
        Bar(column.bar, index * BAR_STEP + 1, round(BAR_WIDTH * column.by_state[code] / longest))
        for index, column in enumerate(drawn)
    ]
