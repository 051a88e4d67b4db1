"""Reminders of periodic reviews."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from designated_sites.review_cycle.reminders import reminder_kind

from .models import BiosphereReserve

REMINDER: Final = reminder_kind(
    "review.reminder", _("Reminder of a periodic review"), "reserves/review_reminder", BiosphereReserve
)
