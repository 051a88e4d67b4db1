"""Mails to many, for the page of long work: they go out by the outbox, and have pages of their own."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from record_admin.workspace.entries import Reader, may, seeing
from record_admin.workspace.other_work import OtherWork

from ..models import Mail, Mailing
from .mailings import counts_by_state

State = Mail.State
MOST: Final = 20


def mailings_of_week(reader: Reader, since: dt.datetime) -> Iterator[OtherWork]:
    """Those that were let go since a moment, with how far each is; for whoever may see mailings."""
    if not may(reader, seeing(Mailing)):
        return
    found = list(Mailing.objects.filter(created_at__gte=since).order_by("-pk")[:MOST])
    counts = counts_by_state([one.pk for one in found])
    for one in found:
        address = reverse("admin:notifications_mailing_change", args=[one.pk])
        yield OtherWork(one.label, _result(one, counts[one.pk]), one.by_id, one.created_at, address)


def _result(mailing: Mailing, counts: dict[str, int]) -> str:
    if mailing.called_back_at:
        return _("Called back")
    told = [
        (State.SENT, _("%(n)d sent")), (State.QUEUED, _("%(n)d waiting")), (State.SENDING, _("%(n)d being sent")),
        (State.FAILED, _("%(n)d failed")), (State.UNKNOWN, _("of %(n)d nobody knows whether they went")),
    ]  # fmt: skip
    return ", ".join(words % {"n": counts[state]} for state, words in told if counts.get(state)) or _("No mail")
