"""Permissions by role instead of by a table of ticks."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db import models

from ..models import RoleGrant, User

# What a secretariat officer keeps through the admin. Users' passwords and flags are the administrators'.
OFFICER_APPS = frozenset(
    {
        "network",
        "designated_sites",
        "reserves",
        "geoparks",
        "events",
        "activities",
        "trainings",
        "notifications",
        "desk",
        "accounts",
        "history",
    }
)
OFFICER_DENIED = frozenset({"accounts.add_user", "accounts.change_user", "accounts.delete_user"})


class RoleBackend(BaseBackend):
    """Gives secretariat officers the records of the portal; knows no passwords."""

    def has_perm(self, user_obj: object, perm: str, obj: models.Model | None = None) -> bool:
        return self.has_module_perms(user_obj, perm.partition(".")[0]) and perm not in OFFICER_DENIED

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return app_label in OFFICER_APPS and self._is_officer(user_obj)

    def _is_officer(self, user: User) -> bool:
        if not isinstance(user, User) or not (user.is_active and user.is_staff):
            return False
        if not hasattr(user, "_officer"):  # asked many times in one request of the admin
            officers = RoleGrant.objects.active().filter(role=RoleGrant.Role.SECRETARIAT)
            user._officer = officers.filter(person__user=user).exists()  # type: ignore[attr-defined]
        return bool(user._officer)  # type: ignore[attr-defined]
