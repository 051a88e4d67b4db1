"""The way from the page of an offer to the form that asks for it."""

from django.utils.translation import gettext_lazy as _

from network.models import Programme
from records.listing.panels import Panel, register


def ask(programme: Programme) -> Panel | None:
    if programme.kind != Programme.Kind.OFFER:
        return None
    return Panel("ask", _("Ask for it"), "desk/_ask_panel.html", {"offer": programme}, order=10)


register(["network.programme"], ask)
