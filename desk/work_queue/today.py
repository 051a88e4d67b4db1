"""The first page of the workspace: what waits, what happens in the coming days, and what can be begun."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.timezones.reader_zone import UNSET
from events.models import Event
from geoparks.models import Geopark
from network.models import Document, Partner
from record_admin.workspace.parts import Act
from record_import.registry import sheets
from records.formats.date_formatting import city, moment_words, offset
from reserves.models import BiosphereReserve
from trainings.models import Training

from ..models import Announcement
from ..sheet_import.choosing import may_take
from .coming import Calendar, calendar
from .groups import only_mine, work_queue
from .lines import Group, Reader, Words

SECRETARIAT: Final = "Asia/Shanghai"  # whose clocks are shown to an officer who has chosen none
BEGUN_HERE: Final[tuple[tuple[type[models.Model], Words], ...]] = (
    (Event, _("Event or webinar")),
    (Training, _("Training")),
    (Announcement, _("Announcement")),
    (Document, _("Document")),
    (BiosphereReserve, _("Biosphere reserve")),
    (Geopark, _("Geopark")),
    (Partner, _("Partner")),
)


@dataclass(frozen=True)
class Today:
    """What an officer sees first."""

    now: str
    day: dt.date
    groups: list[Group]
    calendar: Calendar
    new: tuple[Act, ...]
    mine: bool = False

    def _group(self, name: str) -> Group | None:
        return next((group for group in self.groups if group.name == name), None)

    @property
    def to_decide(self) -> int:
        group = self._group("decide")
        return group.number if group else 0

    @property
    def oldest(self) -> int:
        """For how many days the oldest of what is to be decided has waited."""
        group = self._group("decide")
        ages = [line.age(self.day) for line in group.lines] if group else []
        return max((age for age in ages if age is not None), default=0)

    @property
    def mails(self) -> int:
        group = self._group("mails")
        return group.number if group else 0

    @property
    def rows(self) -> list[tuple[Group, list[tuple[object, int | None]]]]:
        """The groups with each line and its age."""
        return [(group, [(line, line.age(self.day)) for line in group.lines]) for group in self.groups]


def today(user: User, zone: str = "", *, mine: bool = False) -> Today:
    """`mine`: only what is about records that the reader has made or changed."""
    reader = Reader(user, timezone.now())
    shown = zone if zone not in ("", UNSET) else SECRETARIAT
    now = f"{moment_words(reader.now, shown)} {city(shown)} ({offset(reader.now, shown)})"
    groups, coming = work_queue(user, reader.now), calendar(reader)
    if mine:
        groups, coming = only_mine(groups, reader), coming.only(reader.mine)
    return Today(now, timezone.localdate(reader.now), groups, coming, tuple(_new(user)), mine)


def _new(user: User) -> Iterator[Act]:
    for model, words in BEGUN_HERE:
        label, name = model._meta.app_label, model._meta.model_name
        if user.has_perm(f"{label}.add_{name}"):
            yield Act(words, reverse(f"admin:{label}_{name}_add"))  # type: ignore[arg-type]
    if any(may_take(user, records) for records in sheets()):
        yield Act(_("From a sheet"), reverse("admin:sheets"))
