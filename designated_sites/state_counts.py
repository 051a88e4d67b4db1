"""The sites of each type counted in the table of member states."""

from records.listing.state_counts import register

from .site_types import site_types

for one in site_types():
    for source in one.counts:
        register(source)
