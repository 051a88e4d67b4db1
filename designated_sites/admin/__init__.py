"""Sites in the secretariat's admin."""

from . import proposals, sites

__all__ = ["proposals", "sites"]
