"""Who is asked before a record goes with all that hangs on it."""

from typing import cast

from django.contrib.admin import ModelAdmin
from django.contrib.admin.sites import AdminSite
from django.db import models


class _Owners:
    """Who is asked whether a row may be deleted. Django asks the admin of the row's class, and nobody where that has none: rows of
    a table that has pages only as other models (sessions of events, of trainings) are asked for there."""

    def __init__(self, site: AdminSite) -> None:
        self.name = site.name
        owners: dict[type[models.Model], ModelAdmin] = {}
        for model, owner in site._registry.items():
            owners.setdefault(cast(type[models.Model], model._meta.concrete_model), owner)
        self._registry = owners | site._registry

    def is_registered(self, model: type[models.Model]) -> bool:
        return model in self._registry

    def get_model_admin(self, model: type[models.Model]) -> ModelAdmin:
        return self._registry[model]


def owners_asked(site: AdminSite) -> AdminSite:
    """The admin site, as far as Django asks it whether rows may be deleted."""
    return cast(AdminSite, _Owners(site))
