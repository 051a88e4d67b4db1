"""How long is kept how somebody wants to see lists, and what came of long work."""

import datetime as dt

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from history.retention import Rule, register_rule

from .long_work.sweeping import sweep
from .models import ChosenColumns, LongWork, SavedView


def _views_of_lists(before: dt.datetime) -> int:
    """Of those who no longer work in the admin. What they shared stays: the others work with it."""
    officers = get_user_model()._default_manager.filter(is_staff=True, is_active=True).values("pk")
    alone = SavedView.objects.filter(shared=False, updated_at__lt=before).exclude(officer_id__in=officers)
    columns = ChosenColumns.objects.filter(updated_at__lt=before).exclude(officer_id__in=officers)
    return alone.delete()[0] + columns.delete()[0]


register_rule(
    Rule(
        "views-of-lists",
        _("How an officer who has left kept lists: views and columns"),
        _("Erased; views shared with all officers stay, without a name"),
        _views_of_lists,
        covers=(SavedView, ChosenColumns),
    )
)
register_rule(
    Rule("long-work", _("Long work, such as imports and large exports, with the files it made"), _("Deleted"), sweep, covers=(LongWork,))
)  # fmt: skip
