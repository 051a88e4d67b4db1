"""What stands around every page of the workspace: the navigation as far as somebody may see it, and what of it is open."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import cached_property

from records.template_context import Label

from .entries import Entry, Section, Tab, all_entries, may, tabs_of
from .numbers import numbers


@dataclass(frozen=True)
class Line:
    """An entry as it is drawn. `number` is what waits for a decision, or nought."""

    label: Label
    address: str
    number: int
    is_current: bool


@dataclass(frozen=True)
class Group:
    """The entries of one section that somebody may open."""

    title: Label
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Beside:
    """A list or page beside others, as it is drawn."""

    label: Label
    address: str
    is_current: bool


class Frame:
    """The navigation for one request. Nothing is asked of the database before a page draws it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def entries(self) -> list[Entry]:
        return [entry for entry in all_entries() if may(self.request.user, entry.permissions)]

    @property
    def _page(self) -> str:
        match = self.request.resolver_match
        return (match.url_name or "") if match else ""

    @cached_property
    def current(self) -> Entry | None:
        """The entry to which the page belongs that is open."""
        best, length = None, 0
        for entry in self.entries:
            beginnings = (*entry.covers, *(one for tab in tabs_of(entry) for one in tab.covers))
            if entry.url_name == self._page:
                return entry
            for beginning in beginnings:
                if self._page.startswith(beginning) and len(beginning) > length:
                    best, length = entry, len(beginning)
        return best

    @cached_property
    def groups(self) -> list[Group]:
        waiting = {entry.url_name: entry.waiting() for entry in self.entries if entry.waiting}
        number = numbers(waiting)
        sections: dict[Section, list[Line]] = {}
        for entry in self.entries:
            line = Line(entry.label, entry.address, number.get(entry.url_name, 0), entry is self.current)
            sections.setdefault(entry.section, []).append(line)
        return [Group(section.value, tuple(lines)) for section, lines in sections.items()]

    @cached_property
    def tabs(self) -> list[Beside]:
        """The lists beside the one that is open; none where there is but one, and on the pages of single records."""
        entry = self.current
        if entry is None:
            return []
        first = Tab(entry.among_tabs or entry.label, entry.url_name, entry.permissions)
        seen = [tab for tab in (first, *tabs_of(entry)) if may(self.request.user, tab.permissions)]
        if len(seen) < 2 or self._page not in [tab.url_name for tab in seen]:
            return []
        return [Beside(tab.label, tab.address, tab.url_name == self._page) for tab in seen]
