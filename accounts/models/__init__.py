"""Users who sign in, persons whom records are about, the roles they hold or ask for, and what they agreed to."""

from .consents import Consent, ConsentQuerySet
from .person import Person, PersonQuerySet
from .roles import RoleGrant, RoleQuerySet, RoleRequest, RoleRequestQuerySet
from .user import User, UserManager

__all__ = [
    "Consent",
    "ConsentQuerySet",
    "Person",
    "PersonQuerySet",
    "RoleGrant",
    "RoleQuerySet",
    "RoleRequest",
    "RoleRequestQuerySet",
    "User",
    "UserManager",
]
