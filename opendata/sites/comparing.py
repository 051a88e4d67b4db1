"""Two to four sites side by side, as a page and as a file."""

from django import forms
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from designated_sites.listing.exports import download_response, refused
from designated_sites.listing.list_items import ListItem, list_items
from designated_sites.models import DesignatedSite
from network.states import states_by_code
from records.listing.exports import Download
from records.template_context import Context

from .filters import KINDS
from .views import both_kinds

FEWEST, MOST = 2, 4


class CompareForm(forms.Form):
    """The sites chosen, each as kind and slug: `reserve:aya`."""

    site = forms.MultipleChoiceField(label=gettext_lazy("Sites"), required=False)

    def __init__(self, data: QueryDict) -> None:
        chosen = QueryDict(mutable=True)
        chosen.setlist("site", list(dict.fromkeys(filter(None, data.getlist("site")))))
        super().__init__(chosen)
        self.chosen: list[str] = chosen.getlist("site")
        options: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
        for kind, slug, name in DesignatedSite.objects.published().values_list("site_type", "slug", "name"):
            options[kind].append((f"{kind}:{slug}", name))
        self.groups = [(label, options[kind]) for kind, (_model, label) in KINDS.items()]
        self.fields["site"].choices = self.groups  # type: ignore[attr-defined]

    def clean_site(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["site"]
        if len(chosen) > MOST:
            text = ngettext("Choose at most %(most)d site.", "Choose at most %(most)d sites.", MOST) % {"most": MOST}
            raise forms.ValidationError(_("%(rule)s %(number)d were given.") % {"rule": text, "number": len(chosen)})
        return chosen

    def known(self) -> list[str]:
        """Of what was given, the sites there are, at most as many as can be compared."""
        there = {value for _label, options in self.groups for value, _name in options}
        return [value for value in self.chosen if value in there][:MOST]


class CompareView(TemplateView):
    """A table of the chosen sites; with fewer than two, or a wrong value, the form that asks for them."""

    template_name = "opendata/compare.html"

    def get_context_data(self, **kwargs: object) -> Context:
        form = CompareForm(self.request.GET)
        known, valid = form.known(), form.is_valid()
        columns = self._columns(known) if valid else []
        return super().get_context_data(**kwargs) | {
            "form": form,
            "columns": columns,
            "complete": len(columns) >= FEWEST,
            "kept_query": self._query(known),
            "has_reserve": any(column["entry"].site.kind == "reserve" for column in columns),
            "kept": [(value, self._name(form, value)) for value in known],
            "addable": self._addable(form, known) if len(known) < MOST else [],
        }

    def _columns(self, chosen: list[str]) -> list[Context]:
        states = states_by_code()
        found: dict[str, ListItem] = {}
        for kind, (model, _label) in KINDS.items():
            slugs = [value.partition(":")[2] for value in chosen if value.startswith(f"{kind}:")]
            sites = model.objects.published().with_names().filter(slug__in=slugs)
            found |= {f"{kind}:{entry.site.slug}": entry for entry in list_items(sites, states)}
        return [
            {"entry": found[value], "without": self._query([other for other in chosen if other != value])}
            for value in chosen
            if value in found
        ]

    def _query(self, chosen: list[str]) -> str:
        data = QueryDict(mutable=True)
        data.setlist("site", chosen)
        return f"?{data.urlencode(safe=':')}"

    def _name(self, form: CompareForm, value: str) -> str:
        return next(name for _label, options in form.groups for key, name in options if key == value)

    def _addable(self, form: CompareForm, known: list[str]) -> list[tuple[object, list[tuple[str, str]]]]:
        return [(label, [option for option in options if option[0] not in known]) for label, options in form.groups]


@require_safe
def compare_export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The compared sites in the order of the address, one in each row, with the columns of every download of sites."""
    form = CompareForm(request.GET)
    if form.is_valid() and len(form.chosen) < FEWEST:
        form.add_error("site", _("Choose at least two sites."))
    if form.errors:
        return refused(form)
    slugs = {kind: [value.partition(":")[2] for value in form.chosen if value.startswith(f"{kind}:")] for kind in KINDS}
    chosen = {kind: model.objects.published().filter(slug__in=slugs[kind]) for kind, (model, _label) in KINDS.items()}
    both = both_kinds("eabrn-comparison", "EABRN sites compared", chosen)
    features = sorted(both.features, key=lambda feature: form.chosen.index(feature.id))
    return download_response(Download(both.stem, both.title, both.columns, features), ending)
