"""`{% pagetext "about-lead" inline %}words of the template{% endpagetext %}`: what the secretariat wrote, else these words."""

from django import template
from django.template import NodeList
from django.template.base import Parser, Token
from django.template.context import Context

from .. import page_texts
from ..page_places import PLACES

register = template.Library()
KEPT = "network.page_texts"


class PageTextNode(template.Node):
    """The words of one place."""

    def __init__(self, key: str, inline: bool, words: NodeList) -> None:
        self.key = key
        self.inline = inline
        self.nodelist = words

    def render(self, context: Context) -> str:
        kept = context.render_context
        if KEPT not in kept:  # asked once for a page, however many places it has
            kept[KEPT] = page_texts.all_texts()
        own = page_texts.shown(self.key, kept[KEPT], inline=self.inline)
        return self.nodelist.render(context) if own is None else own


@register.tag
def pagetext(parser: Parser, token: Token) -> PageTextNode:
    """An unknown key is an error of the template."""
    name, *rest = token.split_contents()
    key = rest[0].strip("\"'") if rest else ""
    if key not in PLACES:
        raise template.TemplateSyntaxError(f"{name}: {key!r} is no place of network.page_places.PLACES")
    words = parser.parse(["endpagetext"])
    parser.delete_first_token()
    return PageTextNode(key, rest[1:] == ["inline"], words)
