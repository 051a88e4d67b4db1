"""A line of the work queue: what waits, how many, since when, and where the list of exactly those is.

Only what the reader may see is counted. Every number is that of the list it leads to: both ask the same verb of the records.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.models import Activity
from designated_sites.models import DesignatedSite
from events.models import Event
from geoparks.models import Geopark
from history.models import Change
from history.versions import Version, data_version
from reserves.models import BiosphereReserve
from trainings.models import Training

Words = str | Promise
OLDEST: Final = _("oldest")
OPEN: Final = _("Open")
LIST: Final = _("Open list")
MINE_FOR: Final = dt.timedelta(days=365)
Record = tuple[str, int]
"""A record that a line is about: its main table, and its number."""
# Records of several types have one number in two tables.
TABLES: Final[dict[str, str]] = {
    model._meta.db_table: main._meta.db_table
    for main, models_of_it in (
        (Activity, (Activity, Event, Training)),
        (DesignatedSite, (DesignatedSite, BiosphereReserve, Geopark)),
    )
    for model in models_of_it
}
NOTHING: Final[Record] = ("", 0)
BY_NAME: Final = 5  # of a kind are told one by one, the oldest first; the rest is a number


@dataclass(frozen=True)
class Line:
    """One thing that waits, or several of a kind. `day` is when the oldest of them came, or is due; `meaning` says which of
    the two. `detail` helps to know what it is, `where` who sent it or what it is of, `act` is the word on its button.

    `of` is the record that it is about, by what its table and number say, where there is one.

    A line that leads to all of a kind counts those too that stand above it by name: `told` of its number.
    """

    words: Words
    number: int
    address: str
    day: dt.date | None = None
    meaning: Words = ""
    detail: Words = ""
    where: Words = ""
    act: Words = OPEN
    told: int = 0
    of: Record = NOTHING

    def age(self, today: dt.date) -> int | None:
        """For how many days it has waited; None of what has a day of another meaning."""
        return max((today - self.day).days, 0) if self.day and self.meaning == OLDEST else None


@dataclass(frozen=True)
class Group:
    """Lines that belong together; those that are folded away wait for nobody in particular."""

    name: str
    title: Words
    lines: tuple[Line, ...]
    folded: tuple[Line, ...] = ()

    @property
    def number(self) -> int:
        """How many things wait here."""
        return sum(line.number - line.told for line in self.lines)


@dataclass(frozen=True)
class Reader:
    """Whose queue it is, and the instant it is drawn."""

    user: User
    now: dt.datetime

    @cached_property
    def version(self) -> Version:
        """That of the records; under it is kept what is dear to count."""
        return data_version()

    @cached_property
    def mine(self) -> frozenset[Record]:
        """What the reader has made or changed within a year. One query, asked only for the view of what is one's own."""
        since = self.now - MINE_FOR
        rows = Change.objects.by(self.user.pk).filter(table_name__in=TABLES, at__gte=since).order_by()
        found = rows.values_list("table_name", "key").distinct()
        return frozenset((TABLES[table], int(key)) for table, key in found if key.isdecimal())

    def sees(self, model: type[models.Model]) -> bool:
        """May look at the list of a kind of record."""
        return self._has("view", model) or self.changes(model)

    def changes(self, model: type[models.Model]) -> bool:
        return self._has("change", model)

    def _has(self, what: str, model: type[models.Model]) -> bool:
        return self.user.has_perm(f"{model._meta.app_label}.{what}_{model._meta.model_name}")


def record_of(model: type[models.Model], number: int) -> Record:
    """How a line names the record that it is about."""
    return TABLES.get(model._meta.db_table, ""), number


def list_of(model: type[models.Model], **query: object) -> str:
    """The list of a kind of record in the admin, narrowed."""
    page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{page}?{urlencode(query)}" if query else page


def plural(model: type[models.Model]) -> Words:
    """What records of a kind are called."""
    return capfirst(str(model._meta.verbose_name_plural))


def counted(found: models.QuerySet, moment: str = "") -> tuple[int, dt.date | None]:
    """How many there are, and the day of the earliest `moment`. One query."""
    if not moment:
        return found.order_by().count(), None
    number, first = found.order_by().aggregate(number=models.Count("pk"), first=models.Min(moment)).values()
    return number, day_of(first)


def day_of(moment: dt.datetime) -> dt.date | None:
    return timezone.localtime(moment).date() if isinstance(moment, dt.datetime) else moment


def waiting(
    reader: Reader,
    words: Words,
    model: type[models.Model],
    found: models.QuerySet,
    moment: str = "",
    where: Words = "",
    **query: object,
) -> Iterator[Line]:
    """One line about records of a kind, if the reader may see them and there are any."""
    if not reader.sees(model):
        return
    number, day = counted(found, moment)
    if number:
        yield Line(words, number, list_of(model, **query), day, OLDEST if day else "", where=where, act=LIST)


def oldest(found: models.QuerySet, moment: str) -> tuple[list[Any], int]:
    """The first few of them, and how many there are. One query."""
    total = models.Window(models.Count("pk"))
    first = list(found.order_by(moment, "pk").annotate(total_waiting=total)[:BY_NAME])
    return first, first[0].total_waiting if first else 0


def by_name(
    found: models.QuerySet, moment: str, each: Callable[[Any], Line], everything: Words, address: str
) -> Iterator[Line]:
    """A line for each of the oldest; if there are more, one that leads to all of them."""
    first, total = oldest(found, moment)
    yield from map(each, first)
    if total > len(first):
        day = day_of(getattr(first[0], moment))
        yield Line(everything, total, address, day, OLDEST, act=LIST, told=len(first))


def oldest_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What has waited longest, or was due first; what has no day, and the lists of all, at the end."""
    return tuple(sorted(lines, key=lambda line: (bool(line.told), line.day or dt.date.max)))
