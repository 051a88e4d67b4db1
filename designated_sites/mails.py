"""The mails of sites: about proposals, and the yearly question. Found here when Django starts."""

from .proposals import mails as of_proposals
from .stewardship import mails as of_stewardship

__all__ = ["of_proposals", "of_stewardship"]
