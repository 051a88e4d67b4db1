"""The reminder that a seat must be confirmed soon: a day before, for those who have not answered."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.persons.recipients import recipient_of
from notifications import outbox
from records.template_context import Context

from ..mails import progress as mails
from ..models import Application

BEFORE: Final = dt.timedelta(days=1)


def occurrence_of(application: Application) -> str:
    """Each offer is reminded of anew, and each offer that holds again after a cancellation."""
    return f"{application.answer_by:%Y-%m-%dT%H:%M}.{application.training.sequence}"


def schedule(*, application: Application) -> None:
    """Writes the reminder down; who has less than a day is told the deadline in the offer itself."""
    if application.answer_by is None:
        return
    facts: Context = {
        "kind": mails.EXPIRING.name, "subject": application, "recipient": recipient_of(application.person),
        "occurrence": occurrence_of(application),
    }  # fmt: skip
    due = application.answer_by - BEFORE
    if due > timezone.now():
        outbox.put(**facts, due=due)
    else:
        outbox.put_off(**facts, reason=_("There is less than a day to answer: the offer itself says until when."))


def stop(*, application: Application, reason: str | Promise) -> None:
    outbox.withdraw(names=[mails.EXPIRING.name], subject=application, reason=reason)


def forget(*, application: Application) -> None:
    """Takes reminders that have not gone out away, as if they had never been written: the offer was called back."""
    outbox.forget(names=[mails.EXPIRING.name], subject=application)
