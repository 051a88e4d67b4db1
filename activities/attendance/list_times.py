"""Times and lengths as the lists of Zoom and Tencent Meeting write them.

Zoom writes dates in the order of the account's language, so that 10/11/2026 is October or November: the order that lies
nearer to the event is meant.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

NEAR: Final = dt.timedelta(days=2)
_MERIDIEM: Final = (("上午", "AM"), ("下午", "PM"), ("오전", "AM"), ("오후", "PM"), ("午前", "AM"), ("午後", "PM"))
_DATES: Final = (
    "%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d.%m.%Y", "%Y年%m月%d日", "%b %d, %Y", "%b %d %Y", "%m/%d/%y", "%d/%m/%y",
)  # fmt: skip
_TIMES: Final = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")
_UNITS: Final = (
    (3600, re.compile(r"(\d+)\s*(?:h\b|hr|hours?|小时|小時|时(?!间)|時間)", re.IGNORECASE)),
    (60, re.compile(r"(\d+)\s*(?:m\b|min|minutes?|分)", re.IGNORECASE)),
    (1, re.compile(r"(\d+)\s*(?:s\b|sec|seconds?|秒)", re.IGNORECASE)),
)
_CLOCK: Final = re.compile(r"(\d{1,3}):([0-5]?\d)(?::([0-5]?\d))?")
_PLAIN: Final = re.compile(r"\d{1,5}(?:[.,]\d+)?")


def moment(text: str, zone: ZoneInfo, near: dt.datetime) -> dt.datetime | None:
    """The instant a cell names on the clocks of a zone; None when it names none. A time alone is of the day of the event."""
    text = " ".join(text.replace("\u202f", " ").split())
    found = list(_readings(text, zone, near))
    return min(found, key=lambda one: abs(one - near)) if found else None


def _readings(text: str, zone: ZoneInfo, near: dt.datetime) -> Iterator[dt.datetime]:
    try:
        given = dt.datetime.fromisoformat(text)
    except ValueError:
        given = None
    if given is not None:
        yield given if given.tzinfo else given.replace(tzinfo=zone)
        return
    for word, sign in _MERIDIEM:
        if word in text:
            # 2026/11/25 下午 2:00:00: the half of the day stands before the hour
            text = " ".join(text.replace(word, " ").split()) + f" {sign}"
    for time in _TIMES:
        if alone := _parsed(text, time):
            yield dt.datetime.combine(near.astimezone(zone).date(), alone.time(), tzinfo=zone)
        for date in _DATES:
            if both := _parsed(text, f"{date} {time}"):
                yield both.replace(tzinfo=zone)


def _parsed(text: str, shape: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(text, shape)
    except ValueError:
        return None


def minutes(text: str) -> float | None:
    """How long a cell says: 57, 57.5, 0:57:30, 1小时2分, 1 hr 2 min; None when it says nothing of the kind."""
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return float(text.replace(",", "."))
    if clock := _CLOCK.fullmatch(text):
        hours, mins, seconds = (int(part or 0) for part in clock.groups())
        return hours * 60 + mins + seconds / 60
    parts = [(unit, pattern.search(text)) for unit, pattern in _UNITS]
    found = [unit * int(match.group(1)) for unit, match in parts if match]
    return sum(found) / 60 if found else None
