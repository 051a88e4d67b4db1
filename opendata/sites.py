"""Reserves and geoparks in one list, on one map, in one download."""

from collections.abc import Iterator
from typing import Any, Final

from designated_sites import directory_views
from designated_sites.directories import Directory
from designated_sites.directory_views import DirectoryView, export_view
from designated_sites.exports import COLUMNS
from designated_sites.tables import Site as Line
from directory.exports import Download, Feature
from geoparks.filters import GEOPARKS
from geoparks.views import EXPORT_COLUMNS as GEOPARK_COLUMNS
from geoparks.views import geopark_download
from reserves.filters import RESERVES
from reserves.views import EXPORT_COLUMNS as RESERVE_COLUMNS
from reserves.views import reserve_download

from .site_filters import BOTH, SitesFilterForm

__all__ = ["ALL_COLUMNS", "Line", "SiteListView", "SitesPage", "features_of_both", "site_export"]

ALL_COLUMNS: Final = tuple(dict.fromkeys((*COLUMNS, *RESERVE_COLUMNS, *GEOPARK_COLUMNS)))


class SiteListView(directory_views.SiteListView):
    kinds = BOTH
    form_class = SitesFilterForm
    template_name = "opendata/sites.html"


class SitesPage(DirectoryView):
    """All that is found at once, with what was not found, for a map."""

    kinds = BOTH
    form_class = SitesFilterForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        lines = self.directory.sites()
        here = {(line.kind, line.pk) for line in lines}
        markers = [
            (line.kind, line.longitude, line.latitude, (line.kind, line.pk) not in here)
            for line in self.directory.table.sites
        ]
        return context | {"lines": lines, "markers": markers}


def features_of_both(sites: dict[str, Any]) -> Iterator[Feature]:
    """Sites of both kinds as rows of a download, reserves first."""
    yield from reserve_download(sites["reserve"]).features
    yield from geopark_download(sites["geopark"]).features


def _download(directory: Directory) -> Download:
    """Both kinds in one file; a column that one kind does not have is empty there."""
    records = {"reserve": directory.records(RESERVES), "geopark": directory.records(GEOPARKS)}
    return Download("eabrn-sites", "EABRN designated sites", ALL_COLUMNS, features_of_both(records))


site_export = export_view(BOTH, SitesFilterForm, _download)
