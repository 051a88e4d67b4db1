"""The sources of a site by the facts they stand for.

The data files write `year: https://...`, `area: A book`; a source without such a word stands for the whole
record.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.source_grades import best_of

from ..models import DesignatedSite

WHOLE: Final = "record"
LABELS: Final[dict[str, str | Promise]] = {
    "designation": _("Designation"),
    "area": _("Area"),
    "point": _("Point on the map"),
    WHOLE: _("The whole record"),
}
# The first word of a source, the fact it stands for, and whether the word says more than the fact does.
_WORDS: Final = {
    "year": ("designation", False),
    "list": ("designation", True),
    "status": ("designation", False),
    "application": ("designation", True),
    "council vote": ("designation", True),
    "council recommendation": ("designation", True),
    "area": ("area", False),
    "point": ("point", False),
    "more": (WHOLE, False),
}
_WORD: Final = re.compile(r"\A([a-z][a-z ]*): ")


@dataclass(frozen=True)
class FactSources:
    """The sources of one fact, or of the whole record; `key` is the end of the anchor `source-...`."""

    key: str
    label: str | Promise
    lines: list[str]


def sources_by_fact(sources: Iterable[str]) -> list[FactSources]:
    """Facts in the order of the page, the whole record last; a fact without a source of its own is left out."""
    lines: dict[str, list[str]] = {key: [] for key in LABELS}
    for source in sources:
        word = _WORD.match(source.strip())
        fact, keep = _WORDS.get(word[1] if word else "", (WHOLE, True))
        lines[fact].append(source.strip() if keep or word is None else source.strip()[word.end() :])
    return [FactSources(key, label, lines[key]) for key, label in LABELS.items() if lines[key]]


def carried_by(site: DesignatedSite) -> list[tuple[str | Promise, str]]:
    """Each fact that the record states, and who stands behind it: the best of its own sources, else of those of the whole
    record; said plainly where there is none."""
    lines = {group.key: group.lines for group in sources_by_fact(site.sources)}
    stated = [("designation", True), ("area", site.area_ha is not None), ("point", site.latitude is not None)]
    found = []
    for key, is_stated in stated:
        grade = best_of(lines.get(key) or lines.get(WHOLE) or ())
        if is_stated:
            found.append((LABELS[key], str(grade.label) if grade else _now("no source on record")))
    return found
