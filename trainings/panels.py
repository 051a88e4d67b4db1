"""Trainings on the pages of what they are about: sites, member states, partners, programmes, documents, events."""

from django.utils.translation import gettext_lazy as _

from activities.pages.panels import register_activities

from .models import Training

register_activities(
    Training,
    "trainings",
    70,
    (
        ("reserves.biospherereserve", _("Trainings here"), "site_links__site"),
        ("geoparks.geopark", _("Trainings here"), "site_links__site"),
        ("network.memberstate", _("Trainings held here"), "member_states"),
        ("network.partner", _("Trainings"), "involvements__partner"),
        ("network.programme", _("Trainings"), "programmes"),
        ("network.document", _("Trainings"), "documents"),
        ("events.event", _("Part of the training"), "events"),
    ),
)
