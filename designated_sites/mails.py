"""The mails of sites: about proposals, the yearly question, reminders of reviews. Found here when Django starts."""

from typing import Final

from .proposals import mails as of_proposals
from .review_cycle.reminders import reminder_kind
from .site_types import site_types
from .stewardship import mails as of_stewardship

__all__ = ["REMINDERS", "of_proposals", "of_stewardship"]

REMINDERS: Final = [
    (
        reminder_kind(one.reviews.reminder, one.reviews.reminder_label, one.reviews.reminder_template, one.sites),
        one.sites,
    )
    for one in site_types()
]
