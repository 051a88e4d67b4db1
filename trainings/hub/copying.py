"""What of a training comes along into a new one."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext_lazy as _

from activities.hub.copying import WHAT, Copied, CopyPage, copy_rows, nothing_more

from ..calls import form_building
from ..models import Training


def _copy_form(old: Training, new: Training, span: dt.timedelta) -> None:
    if old.questions.filter(asked=True).exists():
        form_building.copy(source=old, to=new)


def _copy_seats(old: Training, new: Training, span: dt.timedelta) -> None:
    for seat_class in old.seat_classes.prefetch_related("only_states"):
        states = list(seat_class.only_states.all())
        copy_rows([seat_class], owner="training", to=new)
        seat_class.only_states.set(states)
    copy_rows(old.caps.all(), owner="training", to=new)


TRAINING: Final[dict[str, Copied]] = {
    **WHAT,
    "call": Copied(
        _("For whom, topics, costs, rules of the call"), nothing_more,
        ("target_group", "topics", "costs", "endorsement_required", "answer_days", "asks_presentation", "seats_note"),
    ),
    "seats": Copied(_("Seats by class, and caps"), _copy_seats),
    "form": Copied(_("Questions of the form"), _copy_form),
    "letter": Copied(_("Words of the invitation letter"), nothing_more, ("letter_signatory", "letter_office", "letter_words")),
    "series": Copied(_("Series"), nothing_more, ("series",)),
}  # fmt: skip


class CopyTraining(CopyPage):
    what = TRAINING
