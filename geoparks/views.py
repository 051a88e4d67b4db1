"""The directory of geoparks, the page of one, and downloads."""

from typing import cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Prefetch
from django.utils.translation import gettext_lazy as _

from designated_sites.listing.exports import site_download
from designated_sites.listing.list_items import ListItem
from designated_sites.listing.views import SiteListView, export_view
from designated_sites.models import SiteQuerySet
from designated_sites.page.citation import citation_view
from designated_sites.page.contents import Anchor
from designated_sites.page.linked_data import Property, fact
from designated_sites.page.views import SiteDetailView
from records.listing.exports import Download
from records.listing.panels import Panel
from records.template_context import Context
from reserves.models import BiosphereReserve

from .filters import GEOPARKS, GeoparkFilterForm
from .models import Geopark
from .site_type import PUBLIC_FACTS


class GeoparkListView(SiteListView):
    kinds = (GEOPARKS,)
    form_class = GeoparkFilterForm
    template_name = "geoparks/list.html"


class GeoparkDetailView(SiteDetailView):
    model = Geopark
    public_facts = PUBLIC_FACTS
    template_name = "geoparks/detail.html"

    def get_queryset(self) -> SiteQuerySet:
        reserves = Prefetch("overlapping_reserves", BiosphereReserve.objects.published().with_names())
        return super().get_queryset().prefetch_related(reserves)

    def get_context_data(self, **kwargs: object) -> Context:
        geopark = cast(Geopark, self.object)
        return super().get_context_data(**kwargs) | {
            "reserves": [ListItem(reserve, []) for reserve in geopark.overlapping_reserves.all()]
        }

    def sections(self, panels: list[Panel]) -> list[Anchor]:
        geopark = cast(Geopark, self.object)
        beside = geopark.other_designations or geopark.overlapping_reserves.all() or geopark.overlapping_names
        own = [Anchor("facts", _("Facts"))]
        return [*own, Anchor("designations", _("Other designations"))] if beside else own

    def linked_facts(self) -> list[Property]:
        return fact("geological_theme", cast(Geopark, self.object).geological_theme)


def geopark_download(geoparks: SiteQuerySet) -> Download:
    overlapping = BiosphereReserve.objects.published().filter(overlapping_geoparks=OuterRef("pk")).order_by("slug")
    facts = {
        "geological_theme": F("geological_theme_en"),
        "overlapping_reserves": ArraySubquery(overlapping.values("slug")),
    }
    return site_download("eabrn-geoparks", "EABRN geoparks", geoparks, **facts)


geopark_export = export_view(
    (GEOPARKS,), GeoparkFilterForm, lambda directory: geopark_download(directory.records(GEOPARKS))
)
geopark_citation = citation_view(Geopark)
