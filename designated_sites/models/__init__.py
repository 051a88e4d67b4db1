"""Designated sites, what belongs to every type of them, and old addresses."""

from .care import LinkedSite, ProposalQuerySet, SiteProposal, Stewardship, StewardshipQuerySet
from .clocked import ClockedQuerySet
from .duplicates import NotADuplicate
from .parts import SiteName, SitePhoto
from .redirects import SiteRedirect
from .sites import DesignatedSite, SiteQuerySet, SiteType

__all__ = [
    "ClockedQuerySet",
    "DesignatedSite",
    "LinkedSite",
    "NotADuplicate",
    "ProposalQuerySet",
    "SiteName",
    "SitePhoto",
    "SiteProposal",
    "SiteQuerySet",
    "SiteRedirect",
    "SiteType",
    "Stewardship",
    "StewardshipQuerySet",
]
