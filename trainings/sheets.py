"""Trainings as a sheet."""

from django.utils.translation import gettext_lazy as _

from events.sheets import CLOCKS, CODES, CONTEXT, LEFT_OUT, PEOPLE, WHEN
from record_import.cells import Clock
from record_import.definition import Sheet, register

_CALL = _("The call of one training is set up in its form.")
register(
    Sheet(
        "trainings",
        (
            "title", "status", "is_sample", "series", "events", *WHEN, "target_group", "topics", "call_opens_at",
            "nominations_close_at", "deadline_zone", "costs", *PEOPLE, "women_share", "seats_note", "summary", *CONTEXT,
        ),
        clocks={**CLOCKS, "call_opens_at": Clock(), "nominations_close_at": Clock(zone="deadline_zone")}, codes=CODES,
        left_out={**LEFT_OUT, **dict.fromkeys(("seat_classes", "caps", "extensions", "answer_days", "asks_presentation", "endorsement_required"), _CALL)},
    )
)  # fmt: skip
