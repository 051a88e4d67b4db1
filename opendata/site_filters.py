"""Both kinds of site under one form: each filter narrows the reserves and the geoparks alike."""

from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from designated_sites.filters import SiteFilterSet
from designated_sites.models import SiteQuerySet
from directory.filters import ChoicesFilter
from geoparks.models import Geopark
from network.models import MemberState
from network.states import states_by_code
from reserves.models import BiosphereReserve

KINDS: Final[dict[str, tuple[Any, Promise]]] = {
    BiosphereReserve.kind: (BiosphereReserve, _("Biosphere reserves")),
    Geopark.kind: (Geopark, _("Geoparks")),
}


class KindFilter(ChoicesFilter):
    """Leaves the sites of the chosen kinds."""

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.none() if value and qs.model.kind not in value else qs


class EcosystemFilter(ChoicesFilter):
    """Only reserves have an ecosystem on record; a choice leaves out the geoparks."""

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.none() if value and qs.model is not BiosphereReserve else super().filter(qs, value)


class SitesFilterSet(SiteFilterSet):
    kind = KindFilter(label=_("Kind of site"), choices=[(kind, label) for kind, (_model, label) in KINDS.items()])
    ecosystem = EcosystemFilter(
        field_name="ecosystem", label=_("Ecosystem of reserves"), choices=BiosphereReserve.Ecosystem.choices
    )


class SitesFilter:
    """The form, and what it finds of each kind."""

    def __init__(self, data: QueryDict) -> None:
        self.states: dict[str, MemberState] = states_by_code()
        self.filtersets = {
            kind: SitesFilterSet(data, model.objects.published(), states=self.states)
            for kind, (model, _label) in KINDS.items()
        }
        self.first = self.filtersets[BiosphereReserve.kind]
        self.form = self.first.form

    def is_valid(self) -> bool:
        return self.first.is_valid()

    @property
    def order(self) -> str:
        return self.form.cleaned_data.get("sort") or "name" if self.is_valid() else "name"

    def found(self) -> dict[str, SiteQuerySet | Any]:
        """Sites of each kind, in the order asked for; none when a value is wrong."""
        if not self.is_valid():
            return {kind: filterset.queryset.none() for kind, filterset in self.filtersets.items()}
        return {kind: filterset.qs for kind, filterset in self.filtersets.items()}
