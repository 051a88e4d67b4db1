"""What has become public in a span of time: read from the history, which knows when, not from when somebody typed it in."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Event
from geoparks.models import Geopark
from history.models import Change
from history.record_tables import tables_of
from network.models import Document
from records.models import RecordQuerySet
from reserves.models import BiosphereReserve
from trainings.models import Training

SHOWN = 8  # of each kind; the rest is a number


class PublicRecord(Protocol):
    """A record with a page of its own."""

    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True)
class News:
    """Records of one kind that are new, the first of them and how many more there are."""

    title: str | Promise
    records: list[PublicRecord]
    more: int


KINDS: tuple[tuple[type[Model], str | Promise], ...] = (
    (Event, _("Events")),
    (Training, _("Trainings")),
    (Document, _("Documents")),
    (BiosphereReserve, _("Biosphere reserves")),
    (Geopark, _("Geoparks")),
)


def whats_new(since: dt.datetime, until: dt.datetime) -> list[News]:
    """What became public from one moment to before another and still is, as its lists stand; kinds without news are left
    out."""
    news = []
    for model, title in KINDS:
        found = list(_public(model).filter(pk__in=_became_public(model, since, until)))
        if found:
            news.append(News(title, found[:SHOWN], max(0, len(found) - SHOWN)))
    return news


def _public(model: type[Model]) -> RecordQuerySet:
    published: RecordQuerySet = model._default_manager.published()  # type: ignore[attr-defined]
    has_samples = any(field.name == "is_sample" for field in model._meta.fields)
    return published.filter(is_sample=False) if has_samples else published


def _became_public(model: type[Model], since: dt.datetime, until: dt.datetime) -> list[int]:
    """Keys of rows that were added as public ones, or were drafts or hidden before."""
    added = Q(action=Change.Action.INSERT)
    shown = Q(action=Change.Action.UPDATE, old__published=False, new__published=True)
    announced = Q(action=Change.Action.UPDATE, old__status="draft") & ~Q(new__status="draft")
    table = Change.objects.filter(table_name__in=tables_of(model), at__gte=since, at__lt=until)
    return sorted({int(key) for key in table.filter(added | shown | announced).values_list("key", flat=True)})
