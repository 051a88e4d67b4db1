"""The sites of each type as the search over everything finds them."""

from .listing.search_source import register_sites
from .site_types import site_types

for one in site_types():
    register_sites(one.sites.kind, one.title, one.sites, order=one.order)
