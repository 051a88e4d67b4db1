"""The directory of biosphere reserves, the page of one, and downloads."""

from typing import cast

from django.db.models import F, OuterRef, Prefetch, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from designated_sites.listing.exports import site_download
from designated_sites.listing.views import SiteListView, export_view
from designated_sites.models import SiteQuerySet
from designated_sites.page.citation import citation_view
from designated_sites.page.contents import Anchor
from designated_sites.page.linked_data import HECTARE, Property, fact
from designated_sites.page.views import SiteDetailView
from records.listing.exports import Download
from records.listing.json_rows import Trimmed
from records.listing.panels import Panel
from records.template_context import Context

from .filters import RESERVES, ReserveFilterForm
from .models import BiosphereReserve
from .site_type import PUBLIC_FACTS
from .zones import area_sentence, zone_table


class ReserveListView(SiteListView):
    kinds = (RESERVES,)
    form_class = ReserveFilterForm
    template_name = "reserves/list.html"


class ReserveDetailView(SiteDetailView):
    """A reserve. National parts of a joint reserve and the joint one point to each other; their areas are not added."""

    model = BiosphereReserve
    public_facts = PUBLIC_FACTS
    template_name = "reserves/detail.html"

    def get_queryset(self) -> SiteQuerySet:
        parts = Prefetch("national_parts", BiosphereReserve.objects.published())
        return super().get_queryset().prefetch_related(parts)

    def get_context_data(self, **kwargs: object) -> Context:
        reserve = cast(BiosphereReserve, self.object)
        zones = zone_table(reserve)
        joint = reserve.joint_reserve
        context = super().get_context_data(**kwargs)
        return context | {
            "has_geoparks": any(panel.key == "geoparks" for panel in context["panels"]),
            "zones": zones,
            "area_sentence": area_sentence(zones),
            "joint_reserve": joint if joint and joint.published else None,
            "national_parts": reserve.national_parts.all(),
        }

    def sections(self, panels: list[Panel]) -> list[Anchor]:
        own = [Anchor("facts", _("Facts")), Anchor("zones", _("Zones"))]
        return [*own, Anchor("designations", _("Other designations"))] if self.object.other_designations else own

    def linked_facts(self) -> list[Property]:
        reserve = cast(BiosphereReserve, self.object)
        zones = ("core_ha", "buffer_ha", "transition_ha")
        return [
            *(part for zone in zones for part in fact(zone, getattr(reserve, zone), HECTARE)),
            *fact("ecosystem", reserve.ecosystem),
            *fact("extension_years", reserve.extension_years),
        ]


def reserve_download(reserves: SiteQuerySet) -> Download:
    joint = BiosphereReserve.objects.published().filter(pk=OuterRef("joint_reserve"))
    zones: dict[str, Combinable] = {name: Trimmed(name) for name in ("core_ha", "buffer_ha", "transition_ha")}
    others: dict[str, Combinable] = {
        "extension_years": F("extension_years"),
        "joint_reserve": Subquery(joint.values("slug")),
    }
    own: dict[str, Combinable] = {"ecosystem": F("ecosystem"), **zones, **others}
    return site_download("eabrn-reserves", "EABRN biosphere reserves", reserves, **own)


reserve_export = export_view(
    (RESERVES,), ReserveFilterForm, lambda directory: reserve_download(directory.records(RESERVES))
)
reserve_citation = citation_view(BiosphereReserve)
