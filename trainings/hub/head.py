"""The head of a training, and the numbers of its applications."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.hub.head import badges, closing_words, kind_words, public_act, when_words
from activities.hub.names import page_of
from activities.models.windows import window_of
from activities.rescheduling.admin import can_move, can_reopen
from record_admin.workspace.parts import Act, Head

from ..models import Application, Training

State = Application.State
UNDECIDED: Final = Application.STILL_OPEN


@dataclass(frozen=True)
class Applied:
    """How many applications of a training stand where, and how many seats there are; None: no class of seats yet."""

    by_state: dict[str, int]
    seats: int | None

    @property
    def sent(self) -> int:
        return sum(number for state, number in self.by_state.items() if state != State.DRAFT)

    @property
    def holding(self) -> int:
        return sum(self.by_state.get(state, 0) for state in Application.HOLDING)

    @property
    def undecided(self) -> int:
        return sum(self.by_state.get(state, 0) for state in UNDECIDED)

    @property
    def in_words(self) -> SafeString:
        applied = ngettext("%(n)d application", "%(n)d applications", self.sent) % {"n": self.sent}
        if self.seats is None:
            return format_html("<b>{}</b>", applied)
        seats = _("%(taken)d of %(most)d seats given") % {"taken": self.holding, "most": self.seats}
        return format_html("<b>{}</b>, {}", seats, applied)


def applied_to(training: Training) -> Applied:
    """Two queries, kept with the record for the page that is drawn."""
    kept: dict[str, object] = vars(training)
    if "applied_counted" not in kept:
        counts = training.applications.aggregate(**{state.value: Count("pk", filter=Q(state=state)) for state in State})
        kept["applied_counted"] = Applied(counts, training.seat_classes.aggregate(seats=Sum("seats"))["seats"])
    return kept["applied_counted"]  # type: ignore[return-value]


def head_of(request: HttpRequest, training: Training) -> Head:
    window = window_of(training)
    facts = [when_words(training), applied_to(training).in_words]
    if closes := closing_words(window, _("Nominations close")):
        facts.append(closes)
    may = request.user.has_perm("trainings.change_training")
    return Head(
        title=training.title,
        kind=kind_words(training, _("Training")),
        badges=badges(training, window, _("Open for nominations")),
        facts=tuple(facts),
        acts=(public_act(training),),
        more=tuple(_acts(request, training)) if may else (),
    )


def _acts(request: HttpRequest, training: Training) -> list[Act]:
    found = []
    if training.status == Training.Status.DRAFT:
        found.append(Act(_("Announce"), page_of(training, "announce")))
    if training.status == Training.Status.ANNOUNCED and training.nominations_close_at:
        found.append(Act(_("Extend the deadline"), page_of(training, "extend")))
    if can_move(training):
        found.append(Act(_("Move or postpone"), page_of(training, "move")))
    if can_reopen(training):
        found.append(Act(_("Let it take place after all"), page_of(training, "reopen")))
    found.append(Act(_("Copy as a new training"), page_of(training, "copy")))
    found.append(Act(_("Sign-in sheet to print"), reverse("admin:trainings_sign_in_sheet", args=[training.pk])))
    if can_move(training):
        found.append(Act(_("Cancel the training"), page_of(training, "cancel"), ends_something=True))
    if request.user.has_perm("trainings.delete_training"):
        found.append(Act(_("Delete"), page_of(training, "delete"), ends_something=True))
    return found
