"""Events and their series as sheets, and what the sheet of trainings has in common with that of events."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activities.data_files import country_codes
from activities.models.activity import TIMES
from record_import.cells import Clock
from record_import.definition import Sheet, register
from record_import.sheet_rows import SheetRow

from .models import Event, Registration

WHEN: Final = (
    "starts_at", "start_precision", "ends_at", "end_precision", "timezone", "format", "venue", "member_states",
    "other_countries",
)  # fmt: skip
PEOPLE: Final = (
    "participants", "participants_note", "participating_codes", "participating_note", "languages", "capacity_onsite",
    "capacity_online",
)  # fmt: skip
CONTEXT: Final = (
    "programmes", "programme_names", "fund_code", "result_code", "documents", "recording_url", "url", "involvements",
    "site_links", "confidence", "published", "sources",
)  # fmt: skip
CLOCKS: Final = {"starts_at": Clock(known_by="start_precision"), "ends_at": Clock(known_by="end_precision")}
CODES: Final[Any] = dict.fromkeys(("other_countries", "participating_codes"), country_codes)
LEFT_OUT: Final = {
    "sessions": _("Sessions are kept in the form: attendance and links hang on them."),
    "postponements": _("Moves are written down by the act that moves."),
}
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
