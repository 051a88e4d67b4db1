"""Events on the pages of what they are about: sites, member states, partners, programmes, documents."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from activities.pages.panels import register_activities

from .models import Event

# The model of a page, the words over its events, and how events are related to its record.
RELATED: Final = (
    ("reserves.biospherereserve", _("Events here"), "site_links__site"),
    ("geoparks.geopark", _("Events here"), "site_links__site"),
    ("network.memberstate", _("Events held here"), "member_states"),
    ("network.partner", _("Events"), "involvements__partner"),
    ("network.programme", _("Events"), "programmes"),
    ("network.document", _("Events"), "documents"),
)

register_activities(Event, "events", 60, RELATED)
