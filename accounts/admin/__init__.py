"""Users, persons and roles in the secretariat's admin."""

from . import users

__all__ = ["users"]
