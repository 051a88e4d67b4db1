"""What became of a site's public facts, in words: never who did it or why, never what was not public at the time.

The history knows every write, whoever made it. Changes of one transaction are one entry, so that the first load of a
record is one line. What was changed while a record was not published is not told.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from history.models import Change
from history.record_tables import tables_of_record

from ..models import DesignatedSite, SiteName, SitePhoto
from .public_facts import PublicFact

MOST: Final = 10  # entries on a page
READ: Final = 300  # changes looked at, the newest first
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """What one transaction changed."""

    at: dt.datetime
    sentences: list[SafeString]


class PublicHistory:
    """The entries of one site. `facts` are the public columns of its kind, `states` the names of member states by code."""

    def __init__(self, site: DesignatedSite, facts: Mapping[str, PublicFact], states: Mapping[str, str]) -> None:
        self.site, self.facts, self.states = site, facts, states
        self.own = tables_of_record(site)
        self.names = SiteName._meta.db_table
        self.photos = SitePhoto._meta.db_table
        self.links = DesignatedSite.member_states.through._meta.db_table

    def changes(self) -> list[Change]:
        tables = [*self.own, self.names, self.photos, self.links]
        return list(Change.objects.of(self.site).filter(table_name__in=tables).latest_first()[:READ])

    def entries(self) -> list[Entry]:
        return self.entries_of(self.changes())[:MOST]

    def entries_of(self, changes: Iterable[Change]) -> list[Entry]:
        """Entries for changes, the newest first. The record is public now; from there its past is walked back."""
        entries: list[Entry] = []
        shown, entered = True, None  # the place of the entry that says when it first became public
        for _transaction, group in groupby(changes, lambda change: change.transaction):
            rows = list(group)
            before = self._shown_before(rows, shown)
            if shown and not before:
                if entered is not None:
                    del entries[entered]  # it was public earlier still
                entered = len(entries)
                entries.append(Entry(rows[0].at, [format_html("{}", _("Entered in this directory."))]))
            elif shown and (sentences := list(self._sentences(rows))):
                entries.append(Entry(rows[0].at, sentences))
            shown = before
        return entries

    def _shown_before(self, rows: Iterable[Change], shown: bool) -> bool:
        """Whether the record was public before these changes, if it was so (or not) after them."""
        for change in rows:
            if change.table_name in self.own:
                old = change.old or {}
                shown = False if change.action == Change.Action.INSERT else bool(old.get("published", shown))
        return shown

    def _sentences(self, rows: Iterable[Change]) -> Iterator[SafeString]:
        columns = [change for change in rows if change.table_name in self.own]
        by_label: dict[str, SafeString] = {}  # a point is one fact in two columns
        for column, fact in self.facts.items():
            values = [
                (change.old.get(column), change.new[column])
                for change in columns
                if change.old and change.new and column in change.new
            ]
            if values and (was := values[-1][0]) != (became := values[0][1]):
                by_label.setdefault(str(fact.label), _of_fact(fact, was, became))
        yield from by_label.values()
        if any((change.new or {}).get("confirmed_at") for change in columns):
            yield format_html("{}", _("Facts confirmed by the site or its member state."))
        for change in rows:
            yield from self._of_part(change)

    def _of_part(self, change: Change) -> Iterator[SafeString]:
        """A row that belongs to the site: a name, a photo, a member state."""
        old, new = change.old or {}, change.new or {}
        if change.table_name == self.names:
            yield from self._of_name(change, old, new)
        elif change.table_name == self.photos and change.action != Change.Action.UPDATE:
            gone = change.action == Change.Action.DELETE
            yield format_html("{}", _("A photo was taken out.") if gone else _("A photo was added."))
        elif change.table_name == self.links and (code := (new or old).get("memberstate_id")):
            sentence = _("Member state added: {}.") if new else _("Member state taken out: {}.")
            yield format_html(sentence, self.states.get(code, code))

    def _of_name(self, change: Change, old: Row, new: Row) -> Iterator[SafeString]:
        if change.action == Change.Action.UPDATE:
            if "name" in new:
                language = {str(name.pk): name.language for name in self.site.names.all()}.get(change.key, "")
                was, became = _in_language(old["name"], language), _in_language(new["name"], language)
                yield format_html(_("Further name changed from {} to {}."), was, became)
            return
        row = new or old
        sentence = _("Further name added: {}.") if new else _("Further name taken out: {}.")
        yield format_html(sentence, _in_language(row["name"], row.get("language", "")))


def _in_language(name: str, language: str) -> SafeString:
    return format_html('<span lang="{}">{}</span>', language, name) if language else format_html("{}", name)


def _of_fact(fact: PublicFact, old: object, new: object) -> SafeString:
    if fact.words is None:
        return format_html(_("{} changed."), fact.label)
    was, became = (None if value in (None, "", []) else fact.words(value) for value in (old, new))
    if was is None:
        return format_html(_("{}: {} recorded."), fact.label, became or _("not known"))
    if became is None:
        return format_html(_("{} taken out, it was {}."), fact.label, was)
    return format_html(_("{} changed from {} to {}."), fact.label, was, became)
