"""Requests for roles that are mine to decide."""

from accounts.models import RoleRequest, RoleRequestQuerySet, User
from records.scope import Scope


def decidable(user: User, scope: Scope) -> RoleRequestQuerySet:
    """All one may read because one may decide: by scope, without the own ones."""
    return RoleRequest.objects.in_scope(scope).exclude(person__user=user)
