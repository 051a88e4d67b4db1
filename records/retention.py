"""What the ground keeps, and how long: changes of records, entries of the search, limits."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from history.models import Change
from history.retention import NOBODY, Rule, keep, register_rule
from search.models import SearchEntry, StaleSearch

from . import chosen_files
from .models import Limit


def _limits(before: dt.datetime) -> int:
    """`before` plays no part: a limit says itself until when it counts."""
    return Limit.objects.filter(expires__lt=timezone.now()).delete()[0]


register_rule(
    Rule(
        "limits",
        _("How often somebody tried something, under a number made of their address"),
        _("Erased"),
        _limits,
        covers=(Limit,),
    )
)
register_rule(
    Rule("chosen-files", _("Files chosen in a form that came back with an error"), _("Erased"), chosen_files.forget)
)
keep(
    Change,
    because=_(
        "The history of records that everybody reads, by the number of the account. A name that is taken out of a record is taken out of its history too."
    ),
)
keep(SearchEntry, StaleSearch, ContentType, because=NOBODY, people=False)
