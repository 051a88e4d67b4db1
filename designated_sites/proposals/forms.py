"""The form in which a site's facts are edited as a copy: what is changed becomes a proposal, the record stays."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.form_fields import TextField
from records.template_context import Cleaned

from ..models import DesignatedSite, SiteProposal
from ..models.coordinate_check import fault
from ..stewardship import facts
from ..stewardship.editable_site_types import NAMES, kind_of
from .fields import field_of

SALT: Final = "designated_sites.proposal"


@dataclass(frozen=True)
class FormPart:
    """Some fields under one title; those of other languages than English are folded away."""

    title: Any
    fields: list[forms.BoundField]
    others: list[forms.BoundField]

    @property
    def others_open(self) -> bool:
        return any(field.errors for field in self.others)


class SiteFactsForm(forms.Form):
    """All facts of a site and the reason. `base` are the values the proposer has seen: they travel with the page, signed, so
    that what somebody else has changed meanwhile is not taken for a change by the proposer."""

    reason = TextField(
        label=_("What has changed, and how do you know?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Read by the secretariat, which decides. Name the source: a decree, a survey, a map, your own record."
        ),
    )

    def __init__(
        self, data: Any = None, *, site: DesignatedSite, draft: SiteProposal | None = None, to_send: bool = False
    ) -> None:
        self.site, self.kind = site, kind_of(site)
        self.was_signed = True
        now = facts.read_all(self.kind, site)
        self.base = self._seen(data) if data is not None else now | (draft.base if draft else {})
        proposed = draft.changes if draft else {}
        super().__init__(data, initial=now | proposed | {"reason": draft.reason if draft else ""})
        self.fields["reason"].required = to_send or data is None  # a page just opened says that it is asked
        for name in self.kind.facts:
            self.fields[name] = field_of(self.kind, name, now[name])
        self.fields["reason"] = self.fields.pop("reason")  # last, after what it is about
        self.changes: dict[str, object] = {}

    def _seen(self, data: Any) -> dict[str, object]:
        """The values the page was drawn with; those of now if it does not say so by our own signature."""
        now = facts.read_all(self.kind, self.site)
        try:
            kind, key, seen = signing.loads(data.get("seen", ""), salt=SALT)
        except (signing.BadSignature, ValueError):
            kind, key, seen = "", 0, {}
        self.was_signed = (kind, key) == (self.site.kind, self.site.pk)
        return now | seen if self.was_signed else now

    @property
    def signed_base(self) -> str:
        """What the page carries as `seen`."""
        return signing.dumps((self.site.kind, self.site.pk, self.base), salt=SALT, compress=True)

    def parts(self) -> Iterator[FormPart]:
        """The fields as they are drawn."""
        for title, names in self.kind.parts:
            shown, others = [], []
            for name in names:
                first, *translations = self.kind.columns(name)
                shown.append(self[first])
                others += [self[column] for column in translations]
            yield FormPart(title, shown, others)

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        if not self.was_signed:
            self.add_error(None, _now("The page was not complete. Look through the values and send it again."))
            return data
        given = {name: facts.as_kept(data[name]) for name in self.kind.facts if name in data}
        self.changes = {name: value for name, value in given.items() if not _same(value, self.base[name])}
        if not self.changes and not self.errors:
            self.add_error(None, _now("Nothing was changed yet. Change what is not right, then go on."))
        self._check()
        return data

    def _check(self) -> None:
        """By the rules of the record, so that no officer can be asked for what the record refuses."""
        trial = copy.copy(self.site)
        columns = [name for name in self.changes if name != NAMES]
        try:
            for name in columns:
                facts.set_column(trial, name, self.changes[name])
            facts.check_columns(trial, columns)
        except ValidationError as broken:
            for name, errors in broken.update_error_dict({}).items():
                self.add_error(name if name in self.fields else None, errors)
        if {"latitude", "longitude"} & set(columns) and not self.errors:
            self._check_point(trial)

    def _check_point(self, trial: Any) -> None:
        """Catches what slips from a keyboard, above all swapped coordinates."""
        if trial.latitude is None or not fault(trial.state_codes, float(trial.latitude), float(trial.longitude)):
            return
        states = ", ".join(str(state) for state in self.site.member_states.all())
        text = _now("This point lies far from %(states)s. Are latitude and longitude swapped?")
        self.add_error("latitude", text % {"states": states})


def _same(one: object, other: object) -> bool:
    """Spaces at the ends of a text are no change: no form keeps them."""
    return bool((one.strip() if isinstance(one, str) else one) == (other.strip() if isinstance(other, str) else other))


def decision_fields(name: str) -> tuple[str, str, str]:
    """The names of the three inputs about one fact of a proposal: the decision, its reason, and what was shown."""
    return f"decision-{name}", f"reason-{name}", f"shown-{name}"


class DecisionsForm(forms.Form):
    """What an officer says about the facts of a proposal that are not decided yet; a fact may be left for later."""

    def __init__(self, data: Any = None, *, differences: list[Any]) -> None:
        super().__init__(data)
        self.open = [one for one in differences if one.decision is None]
        for one in self.open:
            decision, reason, shown = decision_fields(one.name)
            self.fields[decision] = forms.ChoiceField(
                label=one.label, required=False, widget=forms.RadioSelect,
                choices=[("accept", _("Accept")), ("refuse", _("Refuse")), ("", _("Later"))],
            )  # fmt: skip
            self.fields[reason] = forms.CharField(
                label=_("Reason"), required=False, max_length=500,
                help_text=_("The proposer reads it. Needed where you refuse."),
            )  # fmt: skip
            self.fields[shown] = forms.CharField(widget=forms.HiddenInput, required=False)

    def rows(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Each difference with its two fields."""
        return [(one, self[decision_fields(one.name)[0]], self[decision_fields(one.name)[1]]) for one in self.open]

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        for one in self.open:
            decision, reason, _shown = decision_fields(one.name)
            if data.get(decision) == "refuse" and not data.get(reason):
                self.add_error(reason, _now("Say why you refuse it. The proposer reads it."))
        if not any(data.get(decision_fields(one.name)[0]) for one in self.open) and not self.errors:
            self.add_error(None, _now("Decide about at least one fact."))
        return data
