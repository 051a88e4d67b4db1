"""Columns that the sheets of events and of trainings share."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from record_import.clock_cells import Clock

from .data_files import country_codes

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
    "site_links", "confidence", "published", "sources", "internal_note",
)  # fmt: skip
CLOCKS: Final = {"starts_at": Clock(known_by="start_precision"), "ends_at": Clock(known_by="end_precision")}
CODES: Final = dict.fromkeys(("other_countries", "participating_codes"), country_codes)
LEFT_OUT: Final = {
    "sessions": _("Sessions are kept in the form: attendance and links hang on them."),
    "postponements": _("Moves are written down by the act that moves."),
    "materials": _("Materials are files: they are put up in the form."),
    **dict.fromkeys(
        ("gives_certificates", "attendance_share", "certified_hours"),
        _("The rule for certificates is kept in the form."),
    ),
}
