"""Records of the portal as staff find them: by the entries of the public search, those that are not public with them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from search.models import SearchEntry, SearchEntryQuerySet
from search.sources import source_of

from .hits import Hit
from .parts import home_of

MOST: Final = 1000
"""Who finds more needs another word."""


@dataclass(frozen=True)
class RecordFinder:
    """Finds records of some models, the best of their names first: the name itself, what begins with it, what holds it,
    mentions."""

    kinds: tuple[type[models.Model], ...]

    def __call__(self, words: str, start: int, stop: int) -> list[Hit]:
        labels = [model._meta.label_lower for model in self.kinds]
        ranked: SearchEntryQuerySet = SearchEntry.objects.filter(label__in=labels).matching(words).ranked(words)
        best = ranked.order_by("label", "object_id", "rank", "place", "pk").distinct("label", "object_id")
        columns = ("rank", "place", "label", "object_id", "name", "kind", "language")
        rows = sorted(best.values_list(*columns)[:MOST], key=lambda row: (row[0], row[1], row[4].casefold(), row[2:4]))
        shown = rows[start:stop]
        records = _records((label, key) for _rank, _place, label, key, *_others in shown)
        return [
            _hit(records[label, key], label, place=place, name=name, kind=kind, language=language)
            for _rank, place, label, key, name, kind, language in shown
            if (label, key) in records
        ]


def _records(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], models.Model]:
    keys: dict[str, list[str]] = defaultdict(list)
    for label, key in wanted:
        keys[label].append(key)
    found: dict[tuple[str, str], models.Model] = {}
    for label, some in keys.items():
        source = source_of(label)
        for record in source.records().filter(pk__in=some) if source else ():
            found[label, str(record.pk)] = record
    return found


def _hit(record: Any, label: str, *, place: int, name: str, kind: str, language: str) -> Hit:
    notes = [capfirst(str(record._meta.verbose_name)), *getattr(record, "state_codes", ())]
    if not record.published:
        notes.append(_("not public"))
    why = ""
    if place == SearchEntry.Place.TEXT:
        why = _("mentioned in its texts")
    elif place == SearchEntry.Place.FURTHER:
        source = source_of(label)
        words = source.label_of(kind) if source and kind else _("other name")
        why = _("%(kind)s: %(name)s") % {"kind": capfirst(str(words)), "name": name}
    public = record.get_absolute_url() if record.published and hasattr(record, "get_absolute_url") else ""
    seen = _("See as the public") if public else ""
    return Hit(str(record), home_of(record), ", ".join(notes), why, language if why else "", seen, public)
