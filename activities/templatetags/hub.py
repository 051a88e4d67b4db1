"""Filters for the lists of a hub."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def number_of(counts: Mapping[str, int], value: object) -> int:
    """How many there are of a value; nought where none are."""
    return counts.get(str(value), 0)
