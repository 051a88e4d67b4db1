"""Ways from a form to the records it names but does not edit."""

from collections.abc import Callable
from copy import copy
from operator import attrgetter
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString


def change_page(record: models.Model, model: type[models.Model] | None = None) -> str:
    """The page of the admin where a record is kept: that of its own class, whichever its column names; "" if it has none."""
    opts = (model or type(record))._meta
    try:
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""


def record_link(record: models.Model, model: type[models.Model] | None = None) -> SafeString | str:
    """The record by its name, with the way to its page."""
    page = change_page(record, model)
    return format_html('<a href="{}">{}</a>', page, record) if page else str(record)


def linked(
    relation: str, label: str | Promise, model: type[models.Model] | None = None
) -> Callable[[BaseModelAdmin, Any], SafeString | str]:
    """A read-only field of a form that leads to the record of a relation.

    Django links to the admin of the class that the foreign key names. Where records of several types stand in one table that
    class has no page: there the row says its type. Rows that only have a page as another model name it: `model`.
    """

    @admin.display(description=cast(str, label))
    def shown(owner: BaseModelAdmin, row: models.Model) -> SafeString | str:
        record = attrgetter(relation)(row)
        return owner.get_empty_value_display() if record is None else record_link(record, model)

    return shown


def choice_with_links(
    wrapped: RelatedFieldWidgetWrapper, offered: type[models.Model], site: AdminSite, request: HttpRequest
) -> RelatedFieldWidgetWrapper:
    """A choice among records with the ways to their pages. The records that are offered say which pages these are: the table
    that the foreign key names may have a page only as another model (sessions of events, of trainings)."""
    owner = site._registry.get(offered)
    if owner is None or offered is wrapped.rel.model:
        return wrapped
    rel = copy(wrapped.rel)
    rel.model = offered
    return RelatedFieldWidgetWrapper(
        wrapped.widget, rel, site, can_add_related=owner.has_add_permission(request),
        can_change_related=owner.has_change_permission(request), can_view_related=owner.has_view_permission(request),
    )  # fmt: skip
