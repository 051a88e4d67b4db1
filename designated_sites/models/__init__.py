"""What every kind of designated site has: abstract models, filled by reserves and geoparks, and old addresses."""

from .care import SiteProposal, Stewardship
from .duplicates import NotADuplicate
from .parts import SiteName, SitePhoto
from .redirects import SiteRedirect
from .sites import DesignatedSite, SiteQuerySet

__all__ = [
    "DesignatedSite",
    "NotADuplicate",
    "SiteName",
    "SitePhoto",
    "SiteProposal",
    "SiteQuerySet",
    "SiteRedirect",
    "Stewardship",
]
