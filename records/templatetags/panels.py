"""`{% panel_body panel %}`: the body of a panel, drawn by its own template from its own context."""

from django import template
from django.template import RequestContext

from ..listing.panels import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def panel_body(context: RequestContext, panel: Panel) -> str:
    """The panel's words stand before those of the page around it."""
    drawn = context.template.engine.get_template(panel.template)  # type: ignore[union-attr]
    with context.push(panel=panel, **panel.context):
        return drawn.render(context)
