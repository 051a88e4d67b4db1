"""Rows of an attendance list as facts: who, from when to when or how many minutes. What is broken is told by row and column."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records.formats.names import script_of
from records.formats.typed_text import address, tidy_address, tidy_name, validate_name

from ..models import Activity, Session
from .files import Line, Lines
from .lengths import minutes, whole
from .list_times import NEAR, Order, Written, moment, order_of, written
from .presences import Presence, told_apart

NO: Final = {"no", "否", "нет", "0", "false", "いいえ", "아니요", "아니오", "үгүй", "жоқ"}
YES: Final = {"yes", "是", "да", "1", "true", "はい", "예", "тийм", "иә"}
NOTHING: Final = {"", "-", "--", "—", "n/a"}
DAY_MINUTES: Final = 24 * 60
UTC: Final = ZoneInfo("UTC")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, and what to do about it."""

    row: int
    column: str
    value: str
    advice: str


@dataclass
class Reading:
    """A list as far as it was understood."""

    provider: str
    presences: list[Presence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0  # rows of people who never came in: the waiting room, "attended: no"
    order: Order | None = None  # of day and month; None where the list needs none


def understand(
    lines: Lines, *, activity: Activity, zone: ZoneInfo, session: Session | None, order: Order | None = None
) -> Reading:
    """All rows with all that is wrong with them. `zone` is that of the list's clocks, `session` the one a list without
    times or days is of, `order` that of day and month, chosen where the list leaves it open."""
    reading = Reading(lines.provider)
    came = [line for line in lines.lines if not _never_came(line)]
    reading.left_out = len(lines.lines) - len(came)
    clocks = _Clocks(came, activity, zone, session, order)
    reading.order = clocks.order
    found, sums = list[Presence](), set[int]()
    for line in came:
        if presence := _Row(line, clocks, reading.problems).presence():
            if line.columns.is_sum:
                sums.add(len(found))
            found.append(presence)
    length = (session.ends_at - session.starts_at) if isinstance(session, Session) else None
    reading.presences = told_apart(found, sums, length)
    return reading


def _never_came(line: Line) -> bool:
    waiting, attended = line.cells.get("waiting", "").lower(), line.cells.get("attended", "").lower()
    return waiting in YES or attended in NO


class _Clocks:
    """How the times of a list are to be read: of which day, in which order, on the clocks of which zone."""

    def __init__(
        self, lines: Iterable[Line], activity: Activity, zone: ZoneInfo, session: Session | None, order: Order | None
    ) -> None:
        self.zone, self.session = zone, session
        ends = activity.ends_at or activity.starts_at
        self.first, self.last = activity.starts_at - NEAR, ends + NEAR
        begins = session.starts_at if isinstance(session, Session) else activity.starts_at
        self.day = begins.astimezone(zone).date()
        times = ("joined", "left", "first", "last")
        cells = {cell for line in lines for one in times if (cell := line.cells.get(one, ""))}
        self.written = {cell: found for cell in cells if (found := written(cell))}
        several_days = self.day != max(ends - dt.timedelta(minutes=1), activity.starts_at).astimezone(zone).date()
        if session is None and several_days and any(not one.date and not one.figures for one in self.written.values()):
            raise ValidationError(
                _("The list says at which time people came and went but not on which day, and the event has several days."
                  " Choose the session that it is of."), code="session",
            )  # fmt: skip
        self.order = order or self._found()

    def _found(self) -> Order | None:
        first, last = (one.astimezone(self.zone).date() for one in (self.first, self.last))
        decision = order_of(self.written.values(), first, last)
        if decision.asked:
            raise ValidationError(
                _("In which order day and month stand in this list cannot be told: %(date)s may be two days. Choose the"
                  " order."), code="order", params={"date": self._doubtful()},
            )  # fmt: skip
        return decision.order

    def _doubtful(self) -> str:
        """A date of the list that may be two days."""
        open_ones = (
            cell for cell, one in self.written.items()
            if one.figures and one.day(Order.MONTH_FIRST) != one.day(Order.DAY_FIRST)
        )  # fmt: skip
        return next(open_ones, "")

    def moment(self, found: Written, heading: str) -> dt.datetime | None:
        zone = UTC if "utc" in heading.casefold() else self.zone
        return moment(found, self.order, zone, self.day)


class _Row:
    def __init__(self, line: Line, clocks: _Clocks, problems: list[Problem]) -> None:
        self.line, self.clocks, self.problems = line, clocks, problems
        self.cells, self.columns = line.cells, line.columns
        self.came, self.went = ("joined", "left") if self.columns.has_times else ("first", "last")
        self.sound = True

    def presence(self) -> Presence | None:
        name, email = self._name(), self._email()
        if self.sound and not name and not email:
            self._refuse("name", _("Nobody is named. Write a name or an address, or delete the row."))
        timed = self.cells.get(self.came, "") not in NOTHING or self.cells.get(self.went, "") not in NOTHING
        found = self._span(name, email) if timed else self._sum(name, email)
        return found if self.sound else None

    def _span(self, name: str, email: str) -> Presence | None:
        joined, left = self._moment(self.came), self._moment(self.went)
        if joined is None or left is None:
            return None
        if left < joined:
            self._refuse(self.went, _("This lies before the time of coming. Correct one of the two."))
            return None
        said = self._minutes()
        return Presence(self.line.number, name, email, joined, left, self._share(joined, left, said), said=said)

    def _share(self, joined: dt.datetime, left: dt.datetime, total: float | None) -> float:
        """How much of a span somebody was there who came several times, of which only first, last and sum are told."""
        length = (left - joined).total_seconds() / 60
        times = self.cells.get("times", "").strip()
        several = times not in ("", "1") or (self.columns.is_sum and not times)
        return min(1.0, total / length) if several and total is not None and length > 0 else 1.0

    def _sum(self, name: str, email: str) -> Presence | None:
        if self.came in self.columns.places and self._text("minutes") in NOTHING:
            self._refuse(self.came, _("The time is missing. Write when the person came and went."))
            return None
        total = self._minutes()
        if total is None:
            if self.sound:
                self._refuse("minutes", _("The minutes are missing. Write a number: 45, or a time: 0:45."))
            return None
        if self.clocks.session is None:
            raise ValidationError(
                _("The list says how long people were there but not when, and the event has several sessions. Choose the"
                  " session that it is of, or download the list with the times of coming and going."), code="session",
            )  # fmt: skip
        return Presence(self.line.number, name, email, minutes=whole(total))

    def _text(self, column: str) -> str:
        return " ".join(self.cells.get(column, "").replace("\x00", "").split())

    def _name(self) -> str:
        """What somebody is called; of two cells the given name first, but in Han, Kana and Hangul the family name."""
        column = "name" if self._text("name") or "given" not in self.columns.places else "given"
        parts = [self._text(column)]
        if column == "given" or self.columns.is_in_two:
            parts.append(self._text("family"))
        east_asian = all(script_of(one) in ("han", "ja", "ko") for one in parts)
        name = tidy_name("".join(reversed(parts)) if east_asian else " ".join(filter(None, parts)))
        try:
            validate_name(name)
        except ValidationError as error:
            self._refuse(column, error.messages[0])
        return name[:250]

    def _email(self) -> str:
        text = tidy_address(self._text("email"))
        if not text and "@" in tidy_address(self._text("account")):
            text = tidy_address(self._text("account"))
        if text in NOTHING or "*" in text:  # hidden by the provider: r****@example.org
            return ""
        try:
            return address(text)
        except ValidationError:
            self._refuse("email", _("This is no e-mail address. Correct it, or leave the cell empty."))
            return ""

    def _moment(self, column: str) -> dt.datetime | None:
        text = self.cells.get(column, "")
        if self._text(column) in NOTHING:
            self._refuse(column, _("The time is missing. Write when the person came and went."))
            return None
        found = self.clocks.written.get(text)
        if found is None:
            self._refuse(column, _("This is no time that can be read. Write it like 2026-12-09 14:30."))
            return None
        at = self.clocks.moment(found, self.line.called.get(column, ""))
        if at is None:
            self._refuse(column, _("There is no such day in the order of day and month that the other rows have."))
        elif not self.clocks.first <= at <= self.clocks.last:
            self._refuse(column, _("This is days away from the event. Is it the list of another one?"))
            return None
        return at

    def _minutes(self) -> float | None:
        text = self._text("minutes")
        if text in NOTHING:
            return None
        found = minutes(text, self.columns.unit)
        if found is None or found > DAY_MINUTES:
            self._refuse("minutes", _("This is no number of minutes. Write 45 or 0:45."))
            return None
        return found

    def _refuse(self, column: str, advice: str) -> None:
        self.sound = False
        called = self.line.called.get(column) or column
        where = f"{self.line.sheet}: {called}" if self.line.sheet else called
        self.problems.append(Problem(self.line.number, where, self.cells.get(column, "")[:80], advice))
