"""How the calendar of reviews is narrowed and ordered."""

from typing import Final, Unpack, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from designated_sites.models.review_clock import ReviewCycle, ReviewCycleState
from network.models import MemberState
from records.template_context import Files, FormOptions, Posted

SORTS: Final = [("date", _("Date")), ("name", _("Name of the site"))]


class ReviewFilterForm(forms.Form):
    kind = forms.MultipleChoiceField(
        label=_("Kind"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("reserve", _("Periodic reviews of biosphere reserves")), ("geopark", _("Revalidations of geoparks"))],
    )  # fmt: skip
    clock = forms.MultipleChoiceField(
        label=_("State"), required=False, widget=forms.CheckboxSelectMultiple, choices=ReviewCycleState.choices
    )
    state = forms.MultipleChoiceField(label=_("Member state"), required=False, widget=forms.CheckboxSelectMultiple)
    sort = forms.ChoiceField(label=_("Sort"), required=False, choices=SORTS)

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, states: set[str], **kwargs: Unpack[FormOptions]
    ) -> None:
        """`states` are those of the sites there are to choose from; a single one is no choice."""
        super().__init__(data, files, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["state"])
        known = MemberState.objects.filter(pk__in=states)
        field.choices = [(state.pk, str(state)) for state in known] if len(states) > 1 else []

    def narrowed(self, clocks: list[ReviewCycle]) -> list[ReviewCycle]:
        facts = self.cleaned_data
        found = [
            clock
            for clock in clocks
            if (not facts["kind"] or clock.site.kind in facts["kind"])
            and (not facts["clock"] or clock.state in facts["clock"])
            and (not facts["state"] or set(facts["state"]) & set(clock.site.state_codes))
        ]
        return sorted(found, key=lambda clock: clock.site.name) if facts["sort"] == "name" else found
