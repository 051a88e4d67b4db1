"""Events on the pages of what they are about: sites, member states, partners, programmes, documents."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.models.activity import Occasion, OccasionQuerySet, all_of
from activities.models.windows import changes_at
from records.listing.panels import Panel, register

from .models import Event

SHOWN: Final = 8  # the rest stands in a fold


def occasions_panel(key: str, title: Any, occasions: OccasionQuerySet, order: int) -> Panel | None:
    """A panel with the latest occasions in view and the others folded away; None when there is none."""
    found: list[Any] = list(occasions.published().with_coming().latest_first())
    if not found:
        return None
    note = ngettext("%(number)d on record.", "%(number)d on record.", len(found)) % {"number": len(found)}
    note = note if len(found) > 1 else ""
    context = {"occasions": found[:SHOWN], "folded": found[SHOWN:]}
    over = (one.over_at for one in found if one.is_coming)
    until = min((*filter(None, map(changes_at, found)), *over), default=None)
    return Panel(key, title, "events/_panel.html", context, order=order, note=note, until=until)


# The model of a page, the words over its events, and how events are related to its record.
RELATED: Final = (
    ("reserves.biospherereserve", _("Events here"), "site_links__reserve"),
    ("geoparks.geopark", _("Events here"), "site_links__geopark"),
    ("network.memberstate", _("Events held here"), "member_states"),
    ("network.partner", _("Events"), "involvements__partner"),
    ("network.programme", _("Events"), "programmes"),
    ("network.document", _("Events"), "documents"),
)


def register_occasions(model: type[Occasion], key: str, order: int, related: Iterable[tuple[str, Any, str]]) -> None:
    """Puts occasions of one kind on the pages of all that they are related to.

    Each stands there once, even where it is related twice: a body may be organiser and funder.
    """
    for label, title, relation in related:

        def maker(record: Model, title: Any = title, relation: str = relation) -> Panel | None:
            linked = all_of(model).filter(**{relation: record}).values("pk")
            return occasions_panel(key, title, all_of(model).filter(pk__in=linked), order)

        register([label], maker)


register_occasions(Event, "events", 60, RELATED)
