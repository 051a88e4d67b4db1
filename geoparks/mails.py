"""Reminders of revalidations."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from designated_sites.review_cycle.reminders import reminder_kind

from .models import Geopark

REMINDER: Final = reminder_kind(
    "revalidation.reminder", _("Reminder of a revalidation"), "geoparks/revalidation_reminder", Geopark
)
