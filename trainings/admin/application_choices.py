"""Deciding about one application while it is read: what can be chosen, and what each choice would do to seats and limits."""

from collections import Counter
from typing import Any, Final, Unpack

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from records.template_context import Files, FormOptions, Posted

from ..models import Application, SeatClass, SelectionDecision
from ..selection.selecting import Decision
from ..workflow import held, seats
from ..workflow.transitions import FOLLOWS, State

To = SelectionDecision.To
_BY_STATE: Final = {To.SELECTED: Decision.SELECT, To.RESERVE_LIST: Decision.RESERVE, To.NOT_SELECTED: Decision.AGAINST}


class ApplicationDecisionForm(forms.Form):
    """`choice` is a decision with its class of seats: `select:12`. Nothing is offered where nothing can be held."""

    seen = forms.CharField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, error_messages={"required": _("Choose what you decide.")}
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the log. The applicant reads it only if you say so."),
    )  # fmt: skip
    person_reads = forms.BooleanField(label=_("The applicant may read the reason"), required=False)

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, application: Application,
        decision: SelectionDecision | None, **kwargs: Unpack[FormOptions],
    ) -> None:  # fmt: skip
        super().__init__(data, files, **kwargs)
        self.classes = {one.pk: one for one in application.training.seat_classes.all()}
        self.fields["seen"].initial = f"{application.as_seen}:{decision.pk if decision else 0}"
        self.fields["choice"].choices = _offered(application, list(self.classes.values()))  # type: ignore[attr-defined]
        if decision is not None:
            chosen = _BY_STATE[To(decision.to_state)]
            self.fields["choice"].initial = (
                f"{chosen}:{decision.seat_class_id}" if decision.seat_class_id else str(chosen)
            )
            self.fields["reason"].initial, self.fields["person_reads"].initial = decision.reason, decision.person_reads

    @property
    def offers(self) -> bool:
        return bool(self.fields["choice"].choices)  # type: ignore[attr-defined]

    def clean_seen(self) -> str:
        parts = self.cleaned_data["seen"].split(":")
        if len(parts) != 3 or not all(part.isdecimal() for part in parts):
            raise forms.ValidationError(_now("The page has become too old. Load it again."))
        return str(self.cleaned_data["seen"])

    def clean_choice(self) -> tuple[str, SeatClass | None]:
        decision, _colon, key = self.cleaned_data["choice"].partition(":")
        return decision, self.classes.get(int(key)) if key else None


def _offered(application: Application, classes: list[SeatClass]) -> list[tuple[str, str]]:
    """What may follow, the class applied for first."""
    if application.state not in held.HOLDABLE:
        return []
    follows = FOLLOWS[application.state]
    ordered = sorted(classes, key=lambda one: one.pk != application.wanted_class_id)
    ranks = _last_places(application)
    offered: list[tuple[str, str]] = []
    for to, decision, words in (
        (State.SELECTED, Decision.SELECT, _now("Select: %(class)s")), (State.RESERVE_LIST, Decision.RESERVE, _now("Reserve list: %(class)s, place %(rank)d")),
    ):  # fmt: skip
        if to in follows:
            offered += [(f"{decision}:{one.pk}", words % {"class": one, "rank": ranks[one.pk] + 1}) for one in ordered]
    offered += [
        (str(decision), str(decision.label)) for to, decision in
        ((State.NOT_SELECTED, Decision.AGAINST), (State.SHORTLISTED, Decision.SHORTLIST)) if to in follows
    ]  # fmt: skip
    if application.state == State.SHORTLISTED:
        offered.append((str(Decision.UNLIST), str(Decision.UNLIST.label)))
    return offered


def _last_places(application: Application) -> Counter[int | None]:
    """How long the reserve list of each class is, with those who are to come on it by held decisions."""
    training = application.training
    listed = training.applications.filter(state=State.RESERVE_LIST).values_list("seat_class", flat=True)
    held_back = SelectionDecision.objects.held().of_training(training).filter(to_state=To.RESERVE_LIST)
    return Counter([*listed, *held_back.exclude(application=application).values_list("seat_class", flat=True)])


def what_it_does(application: Application, decision: SelectionDecision | None) -> list[str]:
    """Seats and limits as they would be, in the words of the page."""
    standing = seats.seat_counts(application.training)
    has_one = application.state in Application.HOLDING or (decision is not None and decision.to_state == To.SELECTED)
    said = [
        _now("%(class)s: %(taken)d of %(most)d seats are given") % _numbers(standing.classes[one.pk], {"class": str(one)})
        for one in application.training.seat_classes.all()
    ]  # fmt: skip
    for cap in seats.caps_for(application):
        whose: dict[str, Any] = {"whose": str(cap.member_state or cap.site)}
        said.append(_now("%(whose)s: %(taken)d of at most %(most)d") % _numbers(standing.caps[cap.pk], whose))
    if has_one:
        said.append(_now("This application is among them"))
    waiting = SelectionDecision.objects.held().of_training(application.training).count()
    said.append(
        ngettext(
            "Nobody is told yet: the mail waits, and %(n)d decision is held now",
            "Nobody is told yet: the mail waits, and %(n)d decisions are held now", waiting,
        ) % {"n": waiting}
    )  # fmt: skip
    said.append(_now("Until you let the mails go it can be taken back without a trace outside"))
    return said


def _numbers(count: seats.Count, more: dict[str, Any]) -> dict[str, Any]:
    return {"taken": count.taken, "most": count.most, **more}
