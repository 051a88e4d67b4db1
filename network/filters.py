"""How the lists of partners and documents are narrowed."""

from collections.abc import Mapping

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from records.formats.vocabulary import Language
from records.listing.filters import (
    ArrayChoicesFilter,
    ChoicesFilter,
    SortFilter,
    WordsFilter,
    YearFilter,
    newest_first,
)

from .models import Document, MemberState, Partner


class StatesMixin(django_filters.FilterSet):
    """Takes the member states, which the page prints too, so that they are read once."""

    state = ArrayChoicesFilter(field_name="state_codes", label=_("Member state"))

    def __init__(self, *args: object, states: Mapping[str, MemberState], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filters["state"].extra["choices"] = [(code, state.name) for code, state in states.items()]


class PartnerFilterForm(forms.Form):
    """The name first, as in every list."""

    field_order = ("q", "state", "kind", "sort")


class PartnerFilterSet(StatesMixin):
    q = WordsFilter(label=_("Name of the partner"))
    kind = ChoicesFilter(label=_("Kind"), choices=Partner.Kind.choices)
    sort = SortFilter(
        orders={"name": ("name", "slug"), "kind": ("kind", "name", "slug")},
        choices=[("name", _("Name")), ("kind", _("Kind"))],
    )

    class Meta:
        model = Partner
        form = PartnerFilterForm
        fields: list[str] = []


class DocumentFilterSet(django_filters.FilterSet):
    q = WordsFilter(label=_("Words of the title or the summary"))
    kind = ChoicesFilter(label=_("Kind"), choices=Document.Kind.choices)
    language = ArrayChoicesFilter(field_name="languages", label=_("Language"), choices=Language.choices)
    year = YearFilter(label=_("Year"))
    sort = SortFilter(
        orders={
            "newest": newest_first("year", "title", "slug"),
            "oldest": ("year", "title", "slug"),
            "title": ("title", "slug"),
        },
        choices=[("newest", _("Newest first")), ("oldest", _("Oldest first")), ("title", _("Title"))],
    )

    class Meta:
        model = Document
        fields: list[str] = []
