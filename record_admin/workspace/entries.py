"""What stands in the navigation of the workspace: by work, not by table. Each app names its entries in its `workspace.py`.

An entry is one way to one place. Lists that are a part of something have none: they stand beside the list of an entry, as
its tabs, until they are a part of the page of a record.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.template_context import Label

MOST: Final = 25
"""More entries than these are not read any more, but searched."""


class Section(Enum):
    """What officers work on; the order is that of the page. Today stands alone, under no heading."""

    TODAY = ""
    SITES = _("Sites")
    ACTIVITIES = _("Events and trainings")
    PEOPLE = _("People")
    NETWORK = _("Network")
    MAIL = _("Mail")
    OVERSIGHT = _("Oversight")


Reader = AbstractBaseUser | AnonymousUser
Waiting = Callable[[], models.QuerySet]
"""The records that wait for a decision: they are counted with those of all other entries in one query."""


def may(reader: Reader, permissions: Iterable[str]) -> bool:
    """One of them is enough; where none is asked for, every member of staff may."""
    asked = tuple(permissions)
    return not asked or (isinstance(reader, PermissionsMixin) and any(reader.has_perm(one) for one in asked))


def seeing(model: type[models.Model]) -> tuple[str, str]:
    """Either of these lets somebody look at the list of a kind of record, as in Django's admin."""
    label, name = model._meta.app_label, model._meta.model_name
    return (f"{label}.view_{name}", f"{label}.change_{name}")


def plural_of(model: type[models.Model]) -> Label:
    return model._meta.verbose_name_plural or model.__name__


def pages_of(model: type[models.Model]) -> str:
    """How the names of all pages begin that the admin has for a kind of record."""
    return f"{model._meta.app_label}_{model._meta.model_name}_"


@dataclass(frozen=True)
class Tab:
    """A list, or a page, that stands beside the one of an entry. `covers`: as of an entry."""

    label: Label
    url_name: str
    permissions: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    place: int = 50

    @property
    def address(self) -> str:
        return reverse(f"admin:{self.url_name}")


@dataclass(frozen=True)
class Entry:
    """One line of the navigation. `place` is its rank within the section; `covers` is how the names of the pages begin that
    belong to it, so that it stays marked on them; the longest beginning wins. `among_tabs` names its own list among its tabs."""

    section: Section
    place: int
    label: Label
    url_name: str
    permissions: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    waiting: Waiting | None = None
    among_tabs: Label | None = None

    @property
    def address(self) -> str:
        return reverse(f"admin:{self.url_name}")


class TooManyEntriesError(ValueError):
    """The navigation is full: what is added has to become a part of something."""


_entries: dict[str, Entry] = {}
_tabs: dict[str, dict[str, Tab]] = {}


def register(entry: Entry) -> Entry:
    if _entries.setdefault(entry.url_name, entry) is not entry:
        raise ValueError(f"Two entries lead to {entry.url_name}.")
    if len(_entries) > MOST:
        raise TooManyEntriesError(f"More than {MOST} entries: {', '.join(_entries)}.")
    return entry


def register_list(
    model: type[models.Model],
    section: Section,
    place: int,
    *,
    label: Label | None = None,
    covers: tuple[str, ...] = (),
    waiting: Waiting | None = None,
    among_tabs: Label | None = None,
) -> Entry:
    """An entry that leads to the list of a kind of record, for whoever may see it."""
    own = pages_of(model)
    return register(
        Entry(
            section, place, label or plural_of(model), f"{own}changelist",
            permissions=seeing(model), covers=(own, *covers), waiting=waiting, among_tabs=among_tabs,
        )
    )  # fmt: skip


def list_name(model: type[models.Model]) -> str:
    """The name of the page with the list of a kind of record: by it an entry is known."""
    return f"{pages_of(model)}changelist"


def register_tab(beside: str, tab: Tab) -> None:
    """Puts a list or page beside that of an entry, which may be another app's: `beside` is the entry's `url_name`."""
    if _tabs.setdefault(beside, {}).setdefault(tab.url_name, tab) is not tab:
        raise ValueError(f"{tab.url_name} stands beside {beside} twice.")


def register_lists_beside(
    beside: type[models.Model],
    shown: Mapping[type[models.Model], Label] | Iterable[type[models.Model]],
    place: int = 50,
) -> None:
    """Puts the lists of kinds of record beside another's, in this order; each is called as its records are, or as told."""
    told = shown if isinstance(shown, Mapping) else {}
    for model in shown:
        tab = Tab(told.get(model) or plural_of(model), list_name(model), seeing(model), (pages_of(model),), place)
        register_tab(list_name(beside), tab)


def all_entries() -> list[Entry]:
    """In the order of the page."""
    sections = list(Section)
    return sorted(_entries.values(), key=lambda entry: (sections.index(entry.section), entry.place))


def tabs_of(entry: Entry) -> list[Tab]:
    """What stands beside the page of an entry, by place; of one place as it was registered."""
    return sorted(_tabs.get(entry.url_name, {}).values(), key=lambda tab: tab.place)
