"""The form that narrows a list of sites: what may be asked, in which words, in which order."""

from collections.abc import Iterable, Mapping
from typing import Final, Unpack

from django import forms
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from network.models import MemberState
from records.formats.vocabulary import Designation
from records.listing.filters import FIRST_YEAR, LAST_YEAR, YearsForm, newest_first
from records.template_context import Cleaned, Files, FormOptions, Label, Posted

from ..models import BY_NAME, DesignatedSite

ORDERS: Final[dict[str, tuple[str | OrderBy, ...]]] = {
    "name": BY_NAME,
    "newest": newest_first("designation_year", *BY_NAME),
    "largest": newest_first("area_ha", *BY_NAME),
}
ORDER_LABELS: Final = [("name", _("Name")), ("newest", _("Newest first")), ("largest", _("Largest first"))]
SHARED: Final = [("true", _("Shared by several states")), ("false", _("In one state"))]
CONFIRMED: Final = [("true", _("Confirmed by the site or its state")), ("false", _("Not yet confirmed"))]
TRANSITION: Final = [("true", _("Transition area on record")), ("false", _("No transition area on record"))]
HOW_MANY: Final = [
    ("1", _("At least one other designation")),
    ("2", _("At least two other designations")),
    ("3", _("Three other designations")),
]


class Choices(forms.MultipleChoiceField):
    """Any of several values."""

    def __init__(self, label: Label, choices: Iterable[tuple[str, Label]] = ()) -> None:
        super().__init__(label=label, choices=choices, required=False)


class Choice(forms.ChoiceField):
    """One value or none."""

    def __init__(self, label: Label, choices: Iterable[tuple[str, Label]]) -> None:
        super().__init__(label=label, choices=choices, required=False)


def _year(label: Label) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)


def _hectares(label: Label) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=12, decimal_places=2, required=False)


def others_than(own: Designation) -> list[tuple[str, Label]]:
    """What a site may be designated as beside what its record is about."""
    return [choice for choice in Designation.choices if choice[0] != own]


class SiteFilterForm(YearsForm):
    """What reserves and geoparks can both be asked for. Addresses name the parameters in the order of the fields."""

    q = forms.CharField(label=_("Name, in any script"), max_length=200, required=False)
    state = Choices(_("Member state"))
    designation = Choices(_("Also designated as"), Designation.choices)
    designations = Choice(_("How many other designations"), HOW_MANY)
    status = Choices(_("Status"), DesignatedSite.Status.choices)
    year_min = _year(_("Designated from"))
    year_max = _year(_("Designated until"))
    area_min = _hectares(_("Smallest area, ha"))
    area_max = _hectares(_("Largest area, ha"))
    transboundary = Choice(_("Across borders"), SHARED)
    confirmed = Choice(_("Record confirmed"), CONFIRMED)
    sort = Choice(_("Sort"), ORDER_LABELS)

    field_order = (
        "q", "kind", "state", "ecosystem", "designation", "designations", "status", "year_min", "year_max", "area_min",
        "area_max", "transboundary", "transition", "confirmed", "sort",
    )  # fmt: skip

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        states: Mapping[str, MemberState],
        **kwargs: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["state"].choices = [(code, state.name) for code, state in states.items()]  # type: ignore[attr-defined]

    def clean(self) -> Cleaned:
        cleaned = super().clean()
        least, most = cleaned.get("area_min"), cleaned.get("area_max")
        if least is not None and most is not None and least > most:
            self.add_error(
                "area_max", _now("The largest area lies below the smallest, %(least)s ha.") % {"least": least}
            )
        return cleaned
