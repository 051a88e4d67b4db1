"""How long what was deleted can be brought back."""

from django import template

from ..models import KEPT_DAYS

register = template.Library()


@register.simple_tag
def kept_days() -> int:
    """Days for which a deleted record can be brought back."""
    return KEPT_DAYS
