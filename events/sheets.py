"""Events and their series as sheets."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activities.models.activity import TIMES
from activities.sheet_columns import CLOCKS, CODES, CONTEXT, LEFT_OUT, PEOPLE, WHEN
from directory.sheets import Sheet, register
from directory.sheets.cells import Clock
from directory.sheets.rows import SheetRow

from .models import Event, Registration

CANCELLED: Final = Event.Status.CANCELLED


def cancelled_by_act(row: SheetRow) -> None:
    """As in the form: the page keeps the day and the reason, and everybody registered is told."""
    before, after = row.held.get("status", ""), row.effective("status")
    if before and before != after and CANCELLED in (before, after):
        why = _now("cannot be changed here: use “Cancel the event” or “Let it take place after all” in its form.")
        row.refuse("status", why)


def mark_those_with_people(events: Sequence[Any]) -> None:
    """Tells each event whether people are registered, in one query."""
    taken = Registration.objects.active().filter(event__in=events).values_list("event", flat=True)
    busy = set(taken)
    for event in events:
        event.has_people = event.pk in busy


def kept_with_people(event: Any) -> Collection[str]:
    """New places are offered to those who wait, in the form of the event."""
    return ("capacity_onsite", "capacity_online") if event.has_people else ()


def new_version_of_calendar(event: Any, names: set[str]) -> Iterable[str]:
    """A new time is a new version of the calendar entry."""
    if not names & set(TIMES):
        return ()
    event.sequence += 1
    return ("sequence",)


register(Sheet("series of events", ("name", "published", "sources")))
register(
    Sheet(
        "events",
        (
            "title", "kind", "status", "is_sample", "series", "part_of", *WHEN, "registration_opens_at", "registration_closes_at",
            *PEOPLE, "summary", "outcomes", *CONTEXT,
        ),
        clocks={**CLOCKS, "registration_opens_at": Clock(), "registration_closes_at": Clock()}, codes=CODES,
        left_out={**LEFT_OUT, "join_links": _("Links hold passcodes; they are kept in the form.")},
        rules=(cancelled_by_act,), kept=kept_with_people, prepare=mark_those_with_people, settle=new_version_of_calendar,
    )
)  # fmt: skip
