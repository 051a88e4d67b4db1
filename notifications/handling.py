"""What staff do with mails: stop them, send them again, change one before it goes. Each leaves a trace with its author."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from records.formats.date_formatting import moment_words
from records.template_context import Cleaned

from .models import Bounce, Mail, MailTrace
from .outbox import wake_after_commit
from .refusals import (
    Handled,
    first_occurrence,
    number_of_repetition,
    repetitions,
    sorted_out,
    why_not_edited,
    why_not_sent_again_among,
    why_not_sent_now,
    why_not_so,
    why_not_stopped,
)

State = Mail.State
What = MailTrace.What
FREE: Final[dict[str, object]] = {"lease_until": None, "claimed_by": ""}
# What a mail that is sent once more has in common with the first; the moment it was written down is told in its text.
REPEATED: Final = (
    "mailing_id", "kind", "subject_label", "subject_id", "recipient_key", "email", "language", "zone", "expires_at",
    "payload", "own_subject", "own_text", "created_at",
)  # fmt: skip


class RefusedError(Exception):
    """Cannot be done with this mail; says why, for the officer who asked."""


@transaction.atomic
def stop(*, mails: Iterable[Mail], by_id: int | None, reason: str) -> Handled:
    """Ends mails that are waiting, and gives up those that failed. Secrets go with them."""
    handled = sorted_out(_locked(mails), why_not_stopped)
    keys = [mail.pk for mail in handled.done]
    Mail.objects.filter(pk__in=keys).update(state=State.DROPPED, drop_reason=reason, sealed="", **FREE)
    MailTrace.objects.bulk_create(
        [MailTrace(mail_id=key, what=What.STOPPED, words=reason, by_id=by_id) for key in keys]
    )
    return handled


@transaction.atomic
def send_again(*, mails: Iterable[Mail], by_id: int | None) -> Handled:
    """Sends mails once more, at once. What did not arrive goes back into the queue as the same mail, with its Message-ID
    and its traces; one that was sent and did not come back is repeated as a mail of its own."""
    locked = _locked(mails)
    handled = sorted_out(locked, why_not_sent_again_among(locked))
    returned = _returned(handled.done)
    repeated = [mail for mail in handled.done if mail.state == State.SENT and mail.pk not in returned]
    back = [mail for mail in handled.done if mail not in repeated]
    _put_back(back, by_id)
    _repeat(repeated, by_id)
    if handled.done:
        wake_after_commit()
    return handled


@transaction.atomic
def send_now(*, mails: Iterable[Mail], by_id: int | None) -> Handled:
    """Sends mails at once that wait for a later moment."""
    now = timezone.now()
    handled = sorted_out(_locked(mails), why_not_sent_now)
    words = {mail.pk: "; ".join(_changes(mail, _as_it_is(mail) | {"due": now})) for mail in handled.done}
    Mail.objects.filter(pk__in=words).update(due=now, **FREE)
    MailTrace.objects.bulk_create(
        [MailTrace(mail_id=key, what=What.EDITED, words=told, by_id=by_id) for key, told in words.items()]
    )
    if handled.done:
        wake_after_commit()
    return handled


@transaction.atomic
def edit(
    *, mail: Mail, by_id: int | None, due: dt.datetime, email: str, language: str, own_subject: str, own_text: str
) -> Mail:
    """Changes a waiting mail: when it goes, where to, in which language, or its words. RefusedError says why it cannot be."""
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    wanted = {"due": due, "email": email, "language": language, "own_subject": own_subject, "own_text": own_text}
    if reason := why_not_edited(mail) or why_not_so(mail, wanted):
        raise RefusedError(reason)
    words = _changes(mail, wanted)
    if not words:
        return mail
    # A lease that has run out is taken away: should its worker come back after all, the mail is no longer its own.
    Mail.objects.filter(pk=mail.pk).update(**wanted, **FREE)
    MailTrace.objects.create(mail=mail, what=What.EDITED, words="; ".join(words), by_id=by_id)
    if due <= timezone.now():
        wake_after_commit()
    mail.refresh_from_db()
    return mail


def _as_it_is(mail: Mail) -> dict[str, Any]:
    return {name: getattr(mail, name) for name in ("due", "email", "language", "own_subject", "own_text")}


def _changes(mail: Mail, wanted: Cleaned) -> list[str]:
    """What is different, in words: never the text of a letter."""
    words = []
    if wanted["due"] != mail.due:
        old, new = (moment_words(moment, "UTC") for moment in (mail.due, wanted["due"]))
        words.append(_("due: %(old)s → %(new)s (UTC)") % {"old": old, "new": new})
    if wanted["email"] != mail.email:
        words.append(_("address: %(old)s → %(new)s") % {"old": mail.email or "–", "new": wanted["email"] or "–"})
    if wanted["language"] != mail.language:
        names = dict(settings.LANGUAGES)
        old, new = (names.get(code, code) for code in (mail.language, wanted["language"]))
        words.append(_("language: %(old)s → %(new)s") % {"old": old, "new": new})
    own = (wanted["own_subject"], wanted["own_text"])
    if own != (mail.own_subject, mail.own_text):
        if not own[1]:
            words.append(_("own words taken back"))
        else:
            words.append(_("own words changed") if mail.own_text else _("written in own words"))
    return words


def _locked(mails: Iterable[Mail]) -> list[Mail]:
    """As they are now, each kept from workers and colleagues until the act is over."""
    return list(Mail.objects.select_for_update().filter(pk__in=[mail.pk for mail in mails]).order_by("pk"))


def _returned(mails: Iterable[Mail]) -> set[int]:
    """Mails that came back since they were last sent. One that its reader called spam has arrived."""
    keys = [mail.pk for mail in mails]
    bounces = Bounce.objects.filter(mail__in=keys).exclude(kind=Bounce.Kind.COMPLAINT).order_by()
    again = MailTrace.objects.filter(mail__in=keys, what=What.AGAIN).order_by()
    last_again = dict(again.values_list("mail").annotate(last=Max("at")))
    returned = bounces.values_list("mail").annotate(last=Max("at"))
    return {key for key, at in returned if key not in last_again or at > last_again[key]}


def _put_back(mails: list[Mail], by_id: int | None) -> None:
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(
        state=State.QUEUED, attempts=0, due=timezone.now(), drop_reason="", last_error="", sent_at=None, **FREE
    )
    MailTrace.objects.bulk_create(
        [MailTrace(mail=mail, what=What.AGAIN, words=_before(mail), by_id=by_id) for mail in mails]
    )


def _before(mail: Mail) -> str:
    """How a mail stood until now: its row forgets it."""
    why = mail.drop_reason or mail.last_error
    if mail.sent_at:
        why = f"{moment_words(mail.sent_at, 'UTC')} (UTC)"
    state = State(mail.state).label
    return _("Until now: %(state)s") % {"state": f"{state} – {why}" if why else state}


def _repeat(mails: list[Mail], by_id: int | None) -> None:
    now = timezone.now()
    taken = {mail.pk: [number_of_repetition(other) for other in others] for mail, others in repetitions(mails)}
    copies = [
        Mail(
            **{name: getattr(mail, name) for name in REPEATED},
            occurrence=f"{first_occurrence(mail)}~{max(taken.get(mail.pk, []), default=0) + 1}",
            due=now,
            state=State.QUEUED,
        )
        for mail in mails
    ]
    Mail.objects.bulk_create(copies)
    traces = []
    for mail, copy in zip(mails, copies, strict=True):
        traces.append(MailTrace(mail=mail, what=What.AGAIN, words=_("As mail %d") % copy.pk, by_id=by_id))
        traces.append(MailTrace(mail=copy, what=What.AGAIN, words=_("The same as mail %d") % mail.pk, by_id=by_id))
    MailTrace.objects.bulk_create(traces)
