"""Mass mails: opened by the act that sends them, rehearsed before, and called back as long as they have not gone out."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from history import audit

from .composing import Letter, preview
from .kinds import Drop
from .models import Mail, Mailing, MailTrace

SAMPLES = 5


@dataclass(frozen=True)
class Sample:
    """One of the mails of a rehearsal: to whom, and what it would say now."""

    email: str
    language: str
    letter: Letter | Drop


@dataclass(frozen=True)
class Rehearsal:
    """Who would get what, exactly, if the act were done now. `by_language` counts the readers of each language."""

    total: int
    without_address: int
    by_language: dict[str, int]
    recipients: list[str]
    samples: list[Sample]
    in_every_language: dict[str, Letter | Drop]


class _RehearsalOverError(Exception):
    """Ends a rehearsal: nothing of it stays."""


def open_mailing(*, label: str, kind: str, by_id: int | None) -> Mailing:
    """A mailing for the mails of one act. It goes out after `OUTBOX_UNDO_MINUTES`, so that it can be called back."""
    now = timezone.now()
    undo = dt.timedelta(minutes=settings.OUTBOX_UNDO_MINUTES)
    mailing = Mailing.objects.create(label=label[:300], kind=kind, by_id=by_id, created_at=now, goes_at=now + undo)
    audit.note(what=audit.What.MASS_MAIL, by_id=by_id, on=mailing, detail=kind)
    return mailing


def rehearse(act: Callable[[], Mailing | None]) -> Rehearsal:
    """Does an act, reads the mails it has written down, and undoes it all: the only count that cannot be wrong."""
    found = Rehearsal(0, 0, {}, [], [], {})
    try:
        with transaction.atomic():
            mailing = act()
            if mailing is not None:
                found = _read(mailing)
            raise _RehearsalOverError
    except _RehearsalOverError:
        return found


def _read(mailing: Mailing) -> Rehearsal:
    mails = list(mailing.mails.order_by("email", "pk"))
    reached = [mail for mail in mails if mail.email]
    languages = Counter(mail.language for mail in reached)
    firsts = {mail.language: mail for mail in reversed(reached)}
    others = [mail for mail in reached if mail not in firsts.values()]
    shown = [*firsts.values(), *others][:SAMPLES]
    return Rehearsal(
        total=len(reached),
        without_address=len(mails) - len(reached),
        by_language=dict(languages.most_common()),
        recipients=[mail.email for mail in reached],
        samples=[Sample(mail.email, mail.language, preview(mail)) for mail in shown],
        in_every_language={code: preview(reached[0], code) for code, _name in settings.LANGUAGES} if reached else {},
    )


@transaction.atomic
def call_back(*, mailing: Mailing, by_id: int | None) -> int:
    """Stops every mail of a mailing that has not gone out yet. How many were stopped."""
    Mailing.objects.select_for_update().filter(pk=mailing.pk, called_back_at=None).update(
        called_back_at=timezone.now(), called_back_by_id=by_id
    )
    waiting = list(mailing.mails.select_for_update().filter(state=Mail.State.QUEUED).values_list("pk", flat=True))
    reason = _("The mailing was called back.")
    stopped = Mail.objects.filter(pk__in=waiting).update(
        state=Mail.State.DROPPED, drop_reason=reason, sealed="", lease_until=None, claimed_by=""
    )
    MailTrace.objects.bulk_create(
        [MailTrace(mail_id=key, what=MailTrace.What.STOPPED, words=reason, by_id=by_id) for key in waiting]
    )
    return stopped
