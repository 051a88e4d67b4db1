"""How long requests to the secretariat are kept."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from history.retention import Rule, register_rule

from .models import OfferRequest
from .offers import forget


def _answered(before: dt.datetime) -> int:
    return forget(OfferRequest.objects.filter(created_at__lt=before).exclude(state=OfferRequest.State.NEW))


register_rule(
    Rule(
        "offer-requests",
        _("Requests to the secretariat that were answered or closed"),
        _("Name, address and message are erased"),
        _answered,
    )
)
