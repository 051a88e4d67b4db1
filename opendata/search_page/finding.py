"""What a search over everything finds: each record once, by the best of its names, in an order people expect."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity
from activities.models.standing import with_rooms
from search import tokenizer
from search.models import SearchEntry, SearchEntryQuerySet
from search.sources import Source, source_of

MOST: Final = 2000  # records; who finds more needs another word
SUGGESTIONS: Final = 3
CANDIDATES: Final = 400
# Languages of names, in the reader's own: `Language` has them by their own names, as for the switcher.
LANGUAGES: Final[dict[str, Promise]] = {
    "zh-Hans": gettext_lazy("Chinese"),
    "zh-Hant": gettext_lazy("Chinese, traditional characters"),
    "ja": gettext_lazy("Japanese"),
    "ko": gettext_lazy("Korean"),
    "ko-Hani": gettext_lazy("Korean, in Han characters"),
    "mn": gettext_lazy("Mongolian"),
    "ru": gettext_lazy("Russian"),
    "kk": gettext_lazy("Kazakh"),
    "fr": gettext_lazy("French"),
    "en": gettext_lazy("English"),
}


@dataclass(frozen=True)
class Found:
    """One record by its model's label and key, and the name it was found by; no name when a text mentions the words."""

    label: str
    object_id: str
    rank: int
    place: int
    name: str
    kind: str
    language: str

    @property
    def source(self) -> Source | None:
        return source_of(self.label)


@dataclass(frozen=True)
class Hit:
    """A record as it is listed. `why` is a further name it was found by, `why_kind` says what kind of name that is."""

    record: Any
    source: Source
    why: str
    why_kind: str | Promise
    why_language: str


def find(query: str) -> list[Found]:
    """Public records, the best first: the name itself, then what begins with it, then what holds it, then mentions."""
    entries: SearchEntryQuerySet = SearchEntry.objects.public().matching(query).ranked(query)
    best = entries.order_by("label", "object_id", "rank", "place", "pk").distinct("label", "object_id")
    columns = ("label", "object_id", "rank", "place", "name", "kind", "language")
    found = [Found(*row) for row in best.values_list(*columns)[:MOST]]
    return sorted((one for one in found if one.source), key=_order)


def _order(found: Found) -> tuple[object, ...]:
    order = found.source.order if found.source else 0
    return (found.rank, found.place, order, found.name.casefold(), len(found.object_id), found.object_id)


def counts(found: Iterable[Found]) -> list[tuple[Source, int]]:
    """How many records of each kind, in the order of the kinds."""
    by_label = Counter(one.label for one in found)
    pairs = [(source, number) for label, number in by_label.items() if (source := source_of(label))]
    return sorted(pairs, key=lambda pair: pair[0].order)


def hits(page: Iterable[Found]) -> list[Hit]:
    """The records of one page, one query for each kind and its names."""
    page = list(page)
    keys: dict[str, set[str]] = defaultdict(set)
    for one in page:
        keys[one.label].add(one.object_id)
    records: dict[tuple[str, str], Any] = {}
    for label, wanted in keys.items():
        source = source_of(label)
        for record in source.records().filter(pk__in=wanted) if source else ():
            records[label, str(record.pk)] = record
    with_rooms(one for one in records.values() if isinstance(one, Activity))
    return [
        _hit(one, records[one.label, one.object_id], one.source)
        for one in page
        if one.source and (one.label, one.object_id) in records
    ]


def _hit(found: Found, record: models.Model, source: Source) -> Hit:
    if found.place != SearchEntry.Place.FURTHER:
        return Hit(record, source, "", "", "")
    kind, language = source.label_of(found.kind), LANGUAGES.get(found.language, "")
    words = _("%(kind)s (%(language)s)") % {"kind": kind, "language": language} if kind and language else kind
    return Hit(record, source, found.name, words, found.language)


def suggestions(query: str) -> list[str]:
    """Names that the query may have meant, when it finds nothing: each of its words is close to one of theirs."""
    wanted = tokenizer.runs(query)
    longest = max(tokenizer.spelled(query), key=len, default="")
    if not longest:
        return []
    near = SearchEntry.objects.public().near(longest).order_by("place", "pk")
    scored = []
    for name in dict.fromkeys(near.values_list("name", flat=True)[:CANDIDATES]):
        if (errors := _errors(wanted, tokenizer.runs(name))) is not None:
            scored.append((errors, len(name), name))
    return [name for _errors_, _length, name in sorted(scored)[:SUGGESTIONS]]


def _errors(wanted: list[str], words: list[str]) -> int | None:
    """Typing errors in all that was typed; None when one of its words is like no word of the name."""
    total = 0
    for word in wanted:
        allowed = 0 if len(word) < tokenizer.FEWEST else 1 if len(word) < 8 else 2
        least = min((tokenizer.slips(word, other) for other in words), default=allowed + 1)
        if least > allowed:
            return None
        total += least
    return total
