"""Keeping the search entries in step with the records: what a trigger noted as stale is written anew."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db import models, transaction
from django.db.models import QuerySet

from . import tokenizer
from .models import SearchEntry, StaleSearch
from .sources import Source, Words, sources, sources_below, words_of_columns

AT_ONCE: Final = 500


def in_step() -> bool:
    """Whether no record is noted as stale: the least that can be asked, after every request that writes."""
    return not StaleSearch.objects.exists()


def refresh() -> int:
    """Writes the entries of all records noted as stale; gives the number of records. Another process at the same work is
    waited for by nobody: each takes the notes that are free."""
    count = 0
    while done := _refresh_some():
        count += done
    return count


def rebuild() -> int:
    """Writes every entry anew, and forgets those of records that are gone."""
    with transaction.atomic():
        StaleSearch.objects.all().delete()
        SearchEntry.objects.all().delete()
        return sum(_write(source, _in_parts(source.records()), source.public()) for source in sources())


def _in_parts(records: QuerySet) -> Iterator[Any]:
    """All of them, some at a time: no cursor is left open on the server."""
    last = 0
    while part := list(records.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from part
        last = part[-1].pk


@transaction.atomic
def _refresh_some() -> int:
    notes = list(StaleSearch.objects.select_for_update(skip_locked=True).order_by("pk")[:AT_ONCE])
    keys: dict[str, set[str]] = defaultdict(set)
    for note in notes:
        keys[note.label].add(note.object_id)
    for label, stale in keys.items():
        below = sources_below(label)
        labels = [label, *(source.model._meta.label_lower for source in below)]
        SearchEntry.objects.filter(label__in=labels, object_id__in=stale).delete()
        for source in below:
            _write(source, source.records().filter(pk__in=stale), source.public().filter(pk__in=stale))
    StaleSearch.objects.filter(pk__in=[note.pk for note in notes]).delete()
    return sum(map(len, keys.values()))


def _write(source: Source, records: Iterable[Any], public_records: QuerySet) -> int:
    public = set(public_records.values_list("pk", flat=True))
    count = 0
    entries: list[SearchEntry] = []
    for record in records:
        count += 1
        words = source.words(record) if source.words else words_of_columns(record)
        entries += _entries(source, record, words, public=record.pk in public)
    SearchEntry.objects.bulk_create(entries, batch_size=AT_ONCE)
    return count


def _entries(source: Source, record: models.Model, words: Words, *, public: bool) -> Iterator[SearchEntry]:
    facts = {"label": source.model._meta.label_lower, "object_id": str(record.pk), "public": public}
    place = SearchEntry.Place
    names = [(place.OWN, words.own, "", ""), *((place.FURTHER, n.text, n.kind, n.language) for n in words.further)]
    for where, text, kind, language in names:
        if literal := tokenizer.vector([text]):
            yield SearchEntry(
                **facts, place=where, name=text[:250], kind=kind, language=language,
                key=tokenizer.joined(text)[:250], words=literal, near=tokenizer.near([text]),
            )  # fmt: skip
    together = tokenizer.vector([*(text for _place, text, _kind, _language in names), *words.texts])
    if together:
        yield SearchEntry(**facts, place=place.TEXT, words=together)
