"""The few words of a certificate in the seven languages, from a data file, and days as each language writes them."""

import datetime as dt
import json
from pathlib import Path
from typing import Any, Final

PAPERS: Final = Path(__file__).parent / "typst"
WORDS: Final[dict[str, dict[str, Any]]] = json.loads((PAPERS / "certificate_words.json").read_text(encoding="utf-8"))


def day_words(first: dt.date, last: dt.date | None, language: str) -> str:
    """17–21 May 2027, in the order and with the signs of a language."""
    words, last = WORDS[language], last or first
    if first == last:
        shape = words["day"]
    elif (first.year, first.month) == (last.year, last.month):
        shape = words["in_month"]
    else:
        shape = words["in_year"] if first.year == last.year else words["years"]
    months = words["months"] or [""] * 12
    return str(shape).format(
        d=first.day, m=first.month, month=months[first.month - 1], y=first.year,
        d2=last.day, m2=last.month, month2=months[last.month - 1], y2=last.year,
    )  # fmt: skip
