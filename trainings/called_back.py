"""What calling back a mailing of a selection undoes: state, log and decision, beside the mails."""

from notifications.mailings import register_reversal

from .mails import progress as mails
from .mails.results import RESULTS
from .workflow.calling_back import SelectionReversal

register_reversal(
    SelectionReversal(),
    kinds=[
        kind.name
        for kind in (
            RESULTS,
            mails.SELECTED,
            mails.RESERVE_LIST,
            mails.NOT_SELECTED,
            mails.SEAT_TAKEN_BACK,
            mails.GIVEN_UP,
        )
    ],
)
