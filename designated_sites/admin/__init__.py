"""Sites in the secretariat's admin."""

from . import sites

__all__ = ["sites"]
