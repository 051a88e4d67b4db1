"""How long somebody was there, as cells of lists say it.

Taken are: a number (`57`, `57.5`, `57,5`, `1,234`, `1 234`), a time (`1:05` are hours and minutes, `1:05:30` with seconds), a
number with its unit (`57.5 min`, `1.5 h`, `1,5 hours`, `1:05 h`, `57:30 min`), and several of them one after another (`1h 27m
51s`, `1 hr 2 min`, `1小时2分`, `2 ч 5 мин`, `PT1H5M`), in the languages of the region. A comma before exactly three figures parts
thousands, before others it is a point. The whole cell must be understood: what is left over makes it unreadable, so that no
half of it is taken for the whole.
"""

import re
import unicodedata
from typing import Final

HOUR, MINUTE, SECOND = 60.0, 1.0, 1 / 60
_WORDS: Final = {
    HOUR: (
        "h", "hr", "hrs", "hour", "hours", "小时", "小時", "时", "時", "時間", "个小时", "個小時", "시간", "ч", "час", "часа", "часов",
        "сағ", "сағат", "ц", "цаг",
    ),
    MINUTE: (
        "m", "min", "mins", "minute", "minutes", "分", "分钟", "分鐘", "分間", "분", "мин", "минут", "минута", "минуты", "мн",
    ),
    SECOND: ("s", "sec", "secs", "second", "seconds", "秒", "秒钟", "秒鐘", "秒間", "초", "с", "сек", "секунд", "секунда", "секунды"),
}  # fmt: skip
UNITS: Final = {word: unit for unit, words in _WORDS.items() for word in words}
_UNIT: Final = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_NUMBER: Final = r"\d{1,3}(?:[, '’]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_CLOCK: Final = r"\d{1,3}:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?"
_ONE: Final = re.compile(rf"(?P<clock>{_CLOCK})\s*(?P<of>{_UNIT})?\.?|(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})?\.?")
_SEVERAL: Final = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})\.?(?![a-zа-я])[\s,]*(?:and |и )?")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:[, '’]\d{3})+(?:\.\d+)?")


def minutes(text: str, unit: float = MINUTE) -> float | None:
    """The minutes of a cell; None when it says nothing of the kind. `unit` is that of a bare number, by its heading."""
    text = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    if one := _ONE.fullmatch(text):
        if one["clock"]:
            return _of_clock(one["clock"], UNITS.get(one["of"] or "", HOUR))
        number = _number(one["number"])
        return None if number is None else number * (UNITS[one["unit"]] if one["unit"] else unit)
    return _of_several(text.removeprefix("pt") if text[:3].startswith("pt") else text)


def _of_several(text: str) -> float | None:
    """`1h 27m 51s`: each unit once, the greater first."""
    place, total, last = 0, 0.0, HOUR + 1
    while place < len(text):
        found = _SEVERAL.match(text, place)
        number = _number(found["number"]) if found else None
        if found is None or number is None or UNITS[found["unit"]] >= last:
            return None
        last = UNITS[found["unit"]]
        total, place = total + number * last, found.end()
    return total if text else None


def _of_clock(text: str, unit: float) -> float | None:
    """`1:05` of hours; `57:30` of minutes, when it says so."""
    first, second, third = ([float(part) for part in text.split(":")] + [0.0])[:3]
    if unit == HOUR:
        return first * 60 + second + third / 60
    return first + second / 60 if unit == MINUTE and text.count(":") == 1 else None


def _number(text: str) -> float | None:
    if _THOUSANDS.fullmatch(text):
        return float(re.sub(r"[, '’]", "", text))
    if re.search(r"[ '’]", text) or text.count(",") > 1 or ("," in text and "." in text):
        return None
    return float(text.replace(",", "."))


def whole(length: float) -> int:
    """Whole minutes, as they are counted: half a minute is one more."""
    return int(length + 0.5)
