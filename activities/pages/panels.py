"""Events and trainings on the pages of what they are about: sites, member states, partners, programmes, documents."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import ngettext

from records.listing.panels import Panel, register

from ..models import Activity, ActivityQuerySet
from ..models.standing import with_rooms
from ..models.windows import first_change

SHOWN: Final = 8  # the rest stands in a fold


def activities_panel(key: str, title: str | Promise, activities: ActivityQuerySet, order: int) -> Panel | None:
    """A panel with the latest activities in view and the others folded away; None when there is none."""
    found = with_rooms(activities.published().with_coming().latest_first())
    if not found:
        return None
    note = ngettext("%(number)d on record.", "%(number)d on record.", len(found)) % {"number": len(found)}
    note = note if len(found) > 1 else ""
    context = {"activities": found[:SHOWN], "folded": found[SHOWN:]}
    return Panel(key, title, "activities/_panel.html", context, order=order, note=note, until=first_change(found))


def register_activities(
    model: type[Activity], key: str, order: int, related: Iterable[tuple[str, str | Promise, str]]
) -> None:
    """Puts activities of one kind on the pages of all that they are related to.

    Each stands there once, even where it is related twice: a body may be organiser and funder.
    """
    for label, title, relation in related:

        def maker(record: Model, title: str | Promise = title, relation: str = relation) -> Panel | None:
            # Most records are related to none: this small question spares the large one.
            linked = model.objects.published().filter(**{relation: record}).order_by().values_list("pk", flat=True)
            if not (keys := set(linked)):
                return None
            return activities_panel(key, title, model.objects.filter(pk__in=keys), order)

        register([label], maker)
