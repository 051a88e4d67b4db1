"""How long limits are kept: until they no longer count."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from history.retention import Rule, register_rule

from .models import Limit


def _limits(before: dt.datetime) -> int:
    """`before` plays no part: a limit says itself until when it counts."""
    return Limit.objects.filter(expires__lt=timezone.now()).delete()[0]


register_rule(
    Rule("limits", _("How often somebody tried something, under a number made of their address"), _("Erased"), _limits)
)
