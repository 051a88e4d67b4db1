"""Mass mails: opened by the act that sends them, rehearsed before, and called back as long as they have not gone out."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from history import audit

from .composing.letters import Letter, looked_at
from .delivery.forecast import addresses_of, why_it_will_not_go
from .mail_types import Drop
from .models import Mail, Mailing, MailTrace

SAMPLES: Final = 5
NOBODY: Final = "nobody"  # the fingerprint of an act that tells nobody


@dataclass(frozen=True)
class Sample:
    """One of the mails of a rehearsal: to whom, and what it would say now."""

    email: str
    language: str
    letter: Letter | Drop


@dataclass(frozen=True)
class Rehearsal:
    """Who would get what, exactly, if the act were done now. `by_language` counts the readers of each language.

    `by_kind` counts those of each kind. `left_out` counts, by reason, those who are meant and will not get it: no address, switched off, declined. The
    fingerprint stands for the readers: `let_go` does the act only while it is the same.
    """

    total: int = 0
    without_address: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    by_language: dict[str, int] = field(default_factory=dict)
    by_kind: dict[str, int] = field(default_factory=dict)
    recipients: list[str] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    in_every_language: dict[str, Letter | Drop] = field(default_factory=dict)
    fingerprint: str = NOBODY


class RecipientsChangedError(Exception):
    """Others would get the mails than those who were seen before."""


class Reversal(Protocol):
    """What calling a mailing of some kind back undoes beside its mails. Registered by an app in its `called_back.py`."""

    def lock(self, mailing: Mailing) -> None:
        """Holds the records that the mailing is about: always before its mails, as the acts that write them do."""

    def undo(self, mailing: Mailing, stopped: Sequence[Mail], by_id: int | None) -> int:
        """Undoes what the stopped mails would have told. How many records are as they were before."""


_reversals: dict[str, Reversal] = {}


def register_reversal(reversal: Reversal, *, kinds: Iterable[str]) -> None:
    """For mailings of some kinds. Each kind has one."""
    for kind in kinds:
        if _reversals.setdefault(kind, reversal) is not reversal:
            raise ValueError(f"Calling back {kind} is registered twice.")


def undoes_more(mailing: Mailing) -> bool:
    """Whether calling it back undoes what it tells, and not the mails alone."""
    return mailing.kind in _reversals


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
    found = Rehearsal()
    try:
        with transaction.atomic():
            mailing = act()
            if mailing is not None:
                found = _read(mailing)
            raise _RehearsalOverError
    except _RehearsalOverError:
        return found


def let_go(act: Callable[[], Mailing | None], *, seen: str) -> tuple[Mailing | None, int]:
    """Does an act whose rehearsal somebody has seen; gives its mailing and how many mails go out. RecipientsChangedError
    if others than those would get them now: then nothing is done."""
    with transaction.atomic():
        mailing = act()
        going = _going(mailing)[0] if mailing else []
        if (_fingerprint(going) if mailing else NOBODY) != seen:
            raise RecipientsChangedError
    return mailing, len(going)


def samples_of(mailing: Mailing) -> list[Sample]:
    """A mail in each language of a mailing, as it would be written now."""
    firsts = mailing.mails.exclude(email="").order_by("language", "pk").distinct("language")[:SAMPLES]
    return [Sample(mail.email, mail.language, looked_at(mail)) for mail in firsts]


def _read(mailing: Mailing) -> Rehearsal:
    reached, left_out = _going(mailing)
    by_language = Counter(mail.language for mail in reached).most_common()
    by_kind = Counter(mail.kind for mail in reached).most_common()
    firsts = [next(mail for mail in reached if mail.language == language) for language, _count in by_language]
    of_kinds = [next(mail for mail in reached if mail.kind == kind) for kind, _count in by_kind]
    first = list(dict.fromkeys([*firsts[:SAMPLES], *of_kinds]))
    shown = [*first, *(mail for mail in reached if mail not in first)][: max(SAMPLES, len(first))]
    return Rehearsal(
        total=len(reached),
        without_address=sum(not mail.email for mail, _reason in left_out),
        left_out=dict(Counter(reason for _mail, reason in left_out).most_common()),
        by_language=dict(by_language),
        by_kind=dict(by_kind),
        recipients=[mail.email for mail in reached],
        samples=[Sample(mail.email, mail.language, looked_at(mail)) for mail in shown],
        in_every_language={code: looked_at(reached[0], code) for code, _name in settings.LANGUAGES} if reached else {},
        fingerprint=_fingerprint(reached),
    )


def _going(mailing: Mailing) -> tuple[list[Mail], list[tuple[Mail, str]]]:
    """The mails that will go out as things stand, and the others with the reason why not."""
    mails = list(mailing.mails.order_by("email", "pk"))
    addresses = addresses_of(mails)
    going, left_out = [], []
    for mail in mails:
        if reason := why_it_will_not_go(mail, addresses.get(mail.email.lower())):
            left_out.append((mail, reason))
        else:
            going.append(mail)
    return going, left_out


def _fingerprint(mails: list[Mail]) -> str:
    readers = sorted(f"{mail.kind} {mail.recipient_key} {mail.email} {mail.language}" for mail in mails)
    return hashlib.sha256("\n".join(readers).encode()).hexdigest()


@transaction.atomic
def call_back(*, mailing: Mailing, by_id: int | None) -> int:
    """Stops every mail of a mailing that has not gone out yet, and undoes what those mails would have told where the app of
    the mailing knows how. How many mails were stopped."""
    reversal = _reversals.get(mailing.kind)
    if reversal is not None:
        reversal.lock(mailing)
    Mailing.objects.select_for_update().filter(pk=mailing.pk, called_back_at=None).update(
        called_back_at=timezone.now(), called_back_by_id=by_id
    )
    queued = list(mailing.mails.select_for_update().filter(state=Mail.State.QUEUED))
    waiting = [mail.pk for mail in queued]
    reason = _("The mailing was called back.")
    stopped = Mail.objects.filter(pk__in=waiting).update(
        state=Mail.State.DROPPED, drop_reason=reason, sealed="", lease_until=None, claimed_by=""
    )
    MailTrace.objects.bulk_create(
        [MailTrace(mail_id=key, what=MailTrace.What.STOPPED, words=reason, by_id=by_id) for key in waiting]
    )
    if reversal is not None:
        reversal.undo(mailing, queued, by_id)
    return stopped
