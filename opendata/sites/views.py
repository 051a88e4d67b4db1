"""Reserves and geoparks in one list, on one map, in one download."""

from itertools import chain
from typing import Any

from designated_sites.listing import views as directory_views
from designated_sites.listing.directories import Directory
from designated_sites.listing.site_table import Site as Line
from designated_sites.listing.views import export_view
from geoparks.filters import GEOPARKS
from geoparks.views import geopark_download
from records.listing.exports import Download
from reserves.filters import RESERVES
from reserves.views import reserve_download

from .filters import BOTH, SitesFilterForm

__all__ = ["Line", "SiteListView", "both_kinds", "site_export"]


class SiteListView(directory_views.SiteListView):
    kinds = BOTH
    form_class = SitesFilterForm
    template_name = "opendata/sites.html"


def both_kinds(stem: str, title: str, sites: dict[str, Any]) -> Download:
    """Both kinds in one file, reserves first; a column that one kind does not have is empty there."""
    parts = [reserve_download(sites["reserve"]), geopark_download(sites["geopark"])]
    columns = tuple(dict.fromkeys(name for part in parts for name in part.columns))
    features = chain.from_iterable(part.features for part in parts)
    geojson = chain.from_iterable(part.geojson or () for part in parts)
    return Download(stem, title, columns, features, geojson)


def _download(directory: Directory) -> Download:
    sites = {"reserve": directory.records(RESERVES), "geopark": directory.records(GEOPARKS)}
    return both_kinds("eabrn-sites", "EABRN designated sites", sites)


site_export = export_view(BOTH, SitesFilterForm, _download)
