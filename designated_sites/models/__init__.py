"""What every kind of designated site has: abstract models, filled by reserves and geoparks, and old addresses."""

from .duplicates import NotADuplicate
from .parts import SiteName, SitePhoto
from .redirects import SiteRedirect
from .reviewed import ClockedQuerySet
from .sites import DesignatedSite, SiteQuerySet
from .stewardship import ProposalQuerySet, SiteProposal, Stewardship

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
