"""Rows of an attendance list as facts: who, from when to when or how many minutes. What is broken is told by row and column."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from records.formats.names import fold

from ..models import Activity, Session
from .files import Line, Lines
from .list_times import NEAR, minutes, moment

NO: Final = {"no", "否", "нет", "0", "false"}
YES: Final = {"yes", "是", "да", "1", "true"}
NOTHING: Final = {"", "-", "--", "—", "n/a"}
DAY_MINUTES: Final = 24 * 60


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, and what to do about it."""

    row: int
    column: str
    value: str
    advice: str


@dataclass(frozen=True)
class Presence:
    """Somebody was there: from when to when (`share` of that time), or so many minutes of one session."""

    row: int
    name: str
    email: str
    joined_at: dt.datetime | None = None
    left_at: dt.datetime | None = None
    share: float = 1
    minutes: int | None = None
    person_id: int | None = None  # known from the start: ticked in the list of those registered

    @property
    def key(self) -> str:
        """By what rows of the same person meet: the address, else the name as it is folded for search."""
        if self.person_id:
            return f"person:{self.person_id}"
        return f"email:{self.email}" if self.email else f"name:{fold(self.name) or self.name}"[:300]


@dataclass
class Reading:
    """A list as far as it was understood."""

    provider: str
    presences: list[Presence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0  # rows of people who never came in: the waiting room, "attended: no"


def understand(lines: Lines, *, activity: Activity, zone: ZoneInfo, session: Session | None) -> Reading:
    """All rows with all that is wrong with them. `zone` is that of the list's clocks, `session` the one a list without
    times is of."""
    reading = Reading(lines.provider)
    for line in lines.lines:
        if _never_came(line):
            reading.left_out += 1
            continue
        presence = _Row(line, activity, zone, session, reading.problems).presence()
        if presence:
            reading.presences.append(presence)
    return reading


def _never_came(line: Line) -> bool:
    waiting, attended = line.cells.get("waiting", "").lower(), line.cells.get("attended", "").lower()
    return waiting in YES or attended in NO


class _Row:
    def __init__(
        self, line: Line, activity: Activity, zone: ZoneInfo, session: Session | None, problems: list[Problem]
    ) -> None:
        self.line, self.activity, self.zone, self.session, self.problems = line, activity, zone, session, problems
        self.sound = True

    def presence(self) -> Presence | None:
        name, email = self._text("name")[:250], self._email()
        if self.sound and not name and not email:
            self._refuse("name", _("Nobody is named. Write a name or an address, or delete the row."))
        timed = self.line.cells.get("joined", "") not in NOTHING or self.line.cells.get("left", "") not in NOTHING
        found = self._span(name, email) if timed else self._sum(name, email)
        return found if self.sound else None

    def _span(self, name: str, email: str) -> Presence | None:
        joined, left = self._moment("joined"), self._moment("left")
        if joined is None or left is None:
            return None
        if left < joined:
            self._refuse("left", _("This lies before the time of coming. Correct one of the two."))
            return None
        return Presence(self.line.number, name, email, joined, left, self._share(joined, left))

    def _share(self, joined: dt.datetime, left: dt.datetime) -> float:
        """How much of a span somebody was there who came several times, of which only first, last and sum are told."""
        total, length = self._minutes(), (left - joined).total_seconds() / 60
        several = self.line.cells.get("times", "").strip() not in ("", "1")
        return min(1.0, total / length) if several and total is not None and length > 0 else 1.0

    def _sum(self, name: str, email: str) -> Presence | None:
        if "joined" in self.line.called and self._text("minutes") in NOTHING:
            self._refuse("joined", _("The time is missing. Write when the person came and went."))
            return None
        total = self._minutes()
        if total is None:
            if self.sound:
                self._refuse("minutes", _("The minutes are missing. Write a number: 45, or a time: 0:45."))
            return None
        if self.session is None:
            raise ValidationError(
                _("The list says how long people were there but not when, and the event has several sessions. Choose the"
                  " session that it is of, or download the list with the times of coming and going."), code="session",
            )  # fmt: skip
        return Presence(self.line.number, name, email, minutes=round(total))

    def _text(self, column: str) -> str:
        return " ".join(self.line.cells.get(column, "").replace("\x00", "").split())

    def _email(self) -> str:
        text = self._text("email").lower()
        if text in NOTHING:
            return ""
        try:
            validate_email(text)
        except ValidationError:
            self._refuse("email", _("This is no e-mail address. Correct it, or leave the cell empty."))
            return ""
        return text

    def _moment(self, column: str) -> dt.datetime | None:
        text = self._text(column)
        if text in NOTHING:
            self._refuse(column, _("The time is missing. Write when the person came and went."))
            return None
        found = moment(text, self.zone, self.activity.starts_at)
        if found is None:
            self._refuse(column, _("This is no time that can be read. Write it like 2026-12-09 14:30."))
        elif not self.activity.starts_at - NEAR <= found <= (self.activity.ends_at or self.activity.starts_at) + NEAR:
            self._refuse(column, _("This is days away from the event. Is it the list of another one?"))
            return None
        return found

    def _minutes(self) -> float | None:
        text = self._text("minutes")
        if text in NOTHING:
            return None
        found = minutes(text)
        if found is None or found > DAY_MINUTES:
            self._refuse("minutes", _("This is no number of minutes. Write 45 or 0:45."))
            return None
        return found

    def _refuse(self, column: str, advice: str) -> None:
        self.sound = False
        called = self.line.called.get(column) or column
        where = f"{self.line.sheet}: {called}" if self.line.sheet else called
        self.problems.append(Problem(self.line.number, where, self.line.cells.get(column, "")[:80], advice))
