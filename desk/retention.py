"""How long requests to the secretariat are kept, and sheets that were uploaded."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from history.retention import Rule, keep, register_rule
from record_import.models import LoadedRow, SheetUpload

from .models import Announcement, OfferRequest
from .offers import forget


def _answered(before: dt.datetime) -> int:
    return forget(OfferRequest.objects.filter(created_at__lt=before).exclude(state=OfferRequest.State.NEW))


def _uploaded(before: dt.datetime) -> int:
    return SheetUpload.objects.filter(created_at__lt=before).delete()[0]


register_rule(
    Rule(
        "offer-requests",
        _("Requests to the secretariat that were answered or closed"),
        _("Name, address and message are erased"),
        _answered,
        covers=(OfferRequest,),
    )
)
register_rule(
    Rule(
        "uploaded-sheets", _("Sheets of records that officers uploaded"), _("Deleted"), _uploaded, covers=(SheetUpload,)
    )
)
keep(Announcement, because=_("What the secretariat has told many by mail."))
keep(LoadedRow, because=_("What the data files of the network hold: records that everybody reads."), people=False)
