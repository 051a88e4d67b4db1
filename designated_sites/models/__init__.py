"""What every kind of designated site has: abstract models, filled by reserves and geoparks, and old addresses."""

from .care import ProposalQuerySet, SiteProposal, Stewardship
from .clocked import ClockedQuerySet
from .duplicates import NotADuplicate
from .parts import SiteName, SitePhoto
from .redirects import SiteRedirect
from .sites import DesignatedSite, SiteQuerySet

__all__ = [
    "ClockedQuerySet",
    "DesignatedSite",
    "NotADuplicate",
    "ProposalQuerySet",
    "SiteName",
    "SitePhoto",
    "SiteProposal",
    "SiteQuerySet",
    "SiteRedirect",
    "Stewardship",
]
