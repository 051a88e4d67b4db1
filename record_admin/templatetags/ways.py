"""Where a record is worked on: for the ways that stand above pages about it."""

from django import template
from django.db import models
from django.db.models.options import Options
from django.urls import NoReverseMatch

from ..links import change_page
from ..workspace.parts import home_of, parts_of

register = template.Library()


@register.filter
def home_page(record: models.Model, opts: Options | None = None) -> str:
    """The first part of its hub, or its form where it has none: that of the model by which the admin shows it (`opts`). A form that
    is shown under a model of its own leads to itself."""
    if parts_of(type(record)):
        try:
            return home_of(record)
        except NoReverseMatch:
            pass
    return change_page(record, opts.model if opts else None)
