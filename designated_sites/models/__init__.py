"""Designated sites, what belongs to every type of them, and old addresses."""

from .duplicates import NotADuplicate
from .parts import SiteName, SitePhoto
from .redirects import SiteRedirect
from .reviewed import ClockedQuerySet
from .sites import BY_NAME, DesignatedSite, SiteQuerySet, SiteType
from .stewardship import LinkedSite, ProposalQuerySet, SiteProposal, Stewardship, StewardshipQuerySet

__all__ = [
    "BY_NAME",
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
