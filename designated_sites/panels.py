"""What the public may read of the reviews of a site, on its page."""

from records.listing.panels import register

from .page.review_outcomes import outcomes_panel
from .site_types import site_types

for one in site_types():
    register([one.sites._meta.label_lower], outcomes_panel(one.reviews.title, one.reviews.is_decided))
