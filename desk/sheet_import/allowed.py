"""Whose sheet it is, and what an officer may do with its records: the same rules as of the form, row by row."""

from collections.abc import Collection

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from accounts.models import User
from accounts.scopes import scope_of
from record_import.registry import Records, sheet_for
from record_import.sheet_comparison import May


def sheet_of(label: str) -> tuple[admin.ModelAdmin, Records]:
    """The admin of a kind of record, and its sheet; 404 where there is none."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Http404(label) from error
    sheet = sheet_for(model)
    if sheet is None or label != model._meta.label_lower:
        raise Http404(label)
    return admin.site._registry[model], sheet


def reachable(officer: User, sheet: Records) -> QuerySet:
    """The records within the officer's scope."""
    scope, records = scope_of(officer), sheet.model._default_manager.all()
    if scope.all:
        return records
    return records.in_scope(scope) if hasattr(records, "in_scope") else records.none()


def listed(shown: ChangeList, officer: User, sheet: Records) -> list[Model]:
    """The records of a list as it is filtered, in its order."""
    keys = list(shown.queryset.values_list("pk", flat=True))
    found = reachable(officer, sheet).in_bulk(keys)
    return [found[pk] for pk in keys if pk in found]


def may_of(request: HttpRequest, officer: User, owner: admin.ModelAdmin, sheet: Records) -> May:
    """What the officer may add and change."""
    everything = scope_of(officer).all
    within = set() if everything else set(reachable(officer, sheet).values_list("pk", flat=True))

    def change(record: Model) -> bool:
        return (everything or record.pk in within) and bool(owner.has_change_permission(request, record))

    def fixed(record: Model | None) -> Collection[str]:
        return owner.get_readonly_fields(request, record)

    return May(add=everything and owner.has_add_permission(request), change=change, fixed=fixed)
