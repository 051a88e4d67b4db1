"""Moments as the lists of providers and sheets write them.

Providers write dates in the order of the account's language, so that 10/11/2026 is October or November. One order holds for a
whole file: that under which every date of it can be read and, where several can, lies near the event; where two are left,
somebody is asked. A time without a day is of the day of the event.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

NEAR: Final = dt.timedelta(days=2)


class Order(StrEnum):
    """Which of the figures of a date like 10/11/2026 stands where."""

    MONTH_FIRST = "month"
    DAY_FIRST = "day"
    YEAR_FIRST = "year"  # 26/11/10; a year of four figures tells itself


_PLACES: Final = {Order.MONTH_FIRST: (2, 0, 1), Order.DAY_FIRST: (2, 1, 0), Order.YEAR_FIRST: (0, 1, 2)}
_MORNING: Final = ("am", "a.m.", "上午", "오전", "午前", "凌晨", "早上", "дп", "тл")
_AFTERNOON: Final = ("pm", "p.m.", "下午", "오후", "午後", "晚上", "пп", "тк")
_HALF: Final = "|".join(map(re.escape, (*_MORNING, *_AFTERNOON)))
_TIME: Final = re.compile(
    rf"(?P<before>{_HALF})?\s*(?P<hour>\d{{1,2}})(?::(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,]\d+)?)?|时(?P<m>\d{{1,2}})分"
    rf"(?:(?P<s>\d{{1,2}})秒)?|時(?P<m2>\d{{1,2}})分(?:(?P<s2>\d{{1,2}})秒)?)\s*(?P<after>{_HALF})?"
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})\s?[日일.]?")
_FIGURES: Final = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\s?г?\.?")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED: Final = (
    re.compile(r"(?P<name>[a-z]{3})[a-z]*\.? (?P<day>\d{1,2}),? (?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})[- ](?P<name>[a-z]{3})[a-z]*\.?[-, ]+(?P<year>\d{4})"),
)
_WEEKDAY: Final = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? |\([日月火水木金土一二三四五六월화수목금토일]\)"
)
_ZONE: Final = re.compile(r"\s*(?:\(?(?:utc|gmt)\)?|z)$")


Days = Mapping[Order, list[dt.date | None]]


@dataclass(frozen=True)
class Written:
    """What a cell says, before it is known in which order: the figures of its date or the date itself, and its time."""

    time: dt.time
    date: dt.date | None = None
    figures: tuple[int, int, int] | None = None
    offset: dt.tzinfo | None = None

    def day(self, order: Order | None) -> dt.date | None:
        """The day under an order; None when there is no such day."""
        if self.figures is None or order is None:
            return self.date
        year, month, day = (self.figures[place] for place in _PLACES[order])
        return _date(year + 2000 if year < 100 else year, month, day)


def written(text: str) -> Written | None:
    """What a cell says; None when it is no moment."""
    text = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    try:
        given = dt.datetime.fromisoformat(text.upper())
    except ValueError:
        pass
    else:
        if ":" in text:
            return Written(given.time(), given.date(), offset=given.tzinfo)
        return None
    text, utc = _ZONE.subn("", text)
    times = [found for found in _TIME.finditer(text) if not _within_date(text, found)]
    if len(times) != 1 or (time := _time(times[0])) is None:
        return None
    date = " ".join(f"{text[: times[0].start()]} {text[times[0].end() :]}".split()).strip(" ,t")
    date = _WEEKDAY.sub("", date).strip(" ,")
    offset = dt.UTC if utc else None
    if not date:
        return Written(time, offset=offset)
    return _dated(date, time, offset)


def _within_date(text: str, found: re.Match[str]) -> bool:
    begin = found.end() - len(found[0].lstrip())
    return begin > 0 and text[begin - 1] in "-/.:"


def _time(found: re.Match[str]) -> dt.time | None:
    hour = int(found["hour"])
    minute, second = (int(next(filter(None, parts), 0)) for parts in (
        (found["minute"], found["m"], found["m2"]), (found["second"], found["s"], found["s2"]),
    ))  # fmt: skip
    half = found["before"] or found["after"]
    if found["before"] and found["after"]:
        return None
    if half in _AFTERNOON and hour < 12:
        hour += 12  # 14:00 PM is what Zoom writes in Russian
    elif half in _MORNING:
        if hour > 12:
            return None
        hour %= 12
    try:
        return dt.time(hour, minute, second)
    except ValueError:
        return None


def _dated(text: str, time: dt.time, offset: dt.tzinfo | None) -> Written | None:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
        date = _date(year, month, day)
        return Written(time, date, offset=offset) if date else None
    if found := _FIGURES.fullmatch(text):
        return Written(time, figures=(int(found[1]), int(found[3]), int(found[4])), offset=offset)
    for shape in _NAMED:
        if (found := shape.fullmatch(text)) and found["name"] in _MONTHS:
            date = _date(int(found["year"]), _MONTHS.index(found["name"]) + 1, int(found["day"]))
            return Written(time, date, offset=offset) if date else None
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True)
class Decision:
    """The order of a file: None where no date needs one. `asked` holds those between which somebody has to choose."""

    order: Order | None = None
    asked: tuple[Order, ...] = ()


def order_of(moments: Iterable[Written], first: dt.date, last: dt.date) -> Decision:
    """The one order under which all dates of a file are days, and near the event from `first` to `last`."""
    unsure = [one for one in dict.fromkeys(moments) if one.figures]
    if not unsure:
        return Decision()
    days = {order: [one.day(order) for one in unsure] for order in Order if _is_possible(order, unsure)}
    readable = _best(days, lambda day: day is not None)
    if not any(day and first <= day <= last for order in readable for day in days[order]):
        return Decision(readable[0])  # the list of another event: that is what has to be said
    near = _best({order: days[order] for order in readable}, lambda day: day is not None and first <= day <= last)
    several = {tuple(days[order]): order for order in near}
    if len(several) == 1:
        return Decision(near[0])
    return Decision(None, tuple(near))


def _is_possible(order: Order, moments: Collection[Written]) -> bool:
    """The year stands first only where it has two figures."""
    return order != Order.YEAR_FIRST or all(one.figures and one.figures[2] < 100 for one in moments)


def _best(days: Days, fits: Callable[[dt.date | None], bool]) -> list[Order]:
    """The orders under which most dates fit."""
    counts = {order: sum(map(fits, found)) for order, found in days.items()}
    most = max(counts.values())
    return [order for order, count in counts.items() if count == most]


def moment(one: Written, order: Order | None, zone: ZoneInfo, day: dt.date) -> dt.datetime | None:
    """The instant on the clocks of a zone; None when there is no such day. A time alone is of `day`."""
    date = one.day(order) if one.figures or one.date else day
    return dt.datetime.combine(date, one.time, tzinfo=one.offset or zone) if date else None
