"""Users who sign in, persons whom records are about, the roles they hold or ask for, what they agreed to, and which are one."""

from .consents import Consent, ConsentQuerySet
from .pairs import DifferentPersons, FormerPerson
from .person import Person, PersonQuerySet
from .roles import RoleGrant, RoleQuerySet, RoleRequest, RoleRequestQuerySet
from .user import User, UserManager

__all__ = [
    "Consent",
    "ConsentQuerySet",
    "DifferentPersons",
    "FormerPerson",
    "Person",
    "PersonQuerySet",
    "RoleGrant",
    "RoleQuerySet",
    "RoleRequest",
    "RoleRequestQuerySet",
    "User",
    "UserManager",
]
