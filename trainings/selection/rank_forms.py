"""Lists that people put into an order by typing numbers."""

from collections.abc import Mapping, Sequence
from typing import Unpack

from django import forms
from django.utils.translation import gettext_lazy as _

from records.template_context import Files, FormOptions, Posted


class RankForm(forms.Form):
    """A rank for each application of a list; equal ones stay in their present order.

    `ranks` holds the present ones by key, where they are not the order of the list; `may_be_empty`: without a number
    means without a rank.
    """

    def __init__(self, data: Posted | None = None, files: Files | None = None, *, listed: Sequence[int], ranks: Mapping[int, int | None] | None = None, may_be_empty: bool = False, **kwargs: Unpack[FormOptions]) -> None:  # fmt: skip
        super().__init__(data, files, **kwargs)
        self.listed = list(listed)
        for number, pk in enumerate(self.listed, start=1):
            self.fields[f"rank-{pk}"] = forms.IntegerField(
                label=_("Rank"), initial=ranks.get(pk) if ranks is not None else number, min_value=1, max_value=999,
                required=not may_be_empty, widget=forms.NumberInput(attrs={"class": "rank"}),
            )  # fmt: skip

    @property
    def order(self) -> list[int]:
        """The keys that have a number, in the order that was typed."""
        typed = {pk: self.cleaned_data[f"rank-{pk}"] for pk in self.listed}
        return sorted((pk for pk in self.listed if typed[pk]), key=lambda pk: (typed[pk], self.listed.index(pk)))
