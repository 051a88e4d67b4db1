"""Every mail to somebody with the reason why it was or was not sent, and what befell one mail, step by step."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import mail_types
from .delivery.forecast import addresses_of, why_it_will_not_go
from .models import Address, Bounce, Mail, MailQuerySet
from .topics import UnknownTopicError, get_topic

State = Mail.State


@dataclass(frozen=True)
class Entry:
    """One mail in the timeline of a person."""

    mail: Mail
    label: str
    when: dt.datetime  # when it was sent, else when it was or is due
    cause: str  # why it was meant for them at all
    reason: str  # why it was not sent, or not yet
    returned: list[Bounce]


@dataclass(frozen=True)
class Step:
    """Something that befell a mail. Nobody wrote down when a worker left a mail unsent: it has no moment then."""

    at: dt.datetime | None
    what: str
    words: str = ""
    by_id: int | None = None


def timeline(*, keys: Iterable[str], emails: Iterable[str]) -> MailQuerySet:
    """Every mail to somebody known by these keys, and every mail that went to these addresses; the newest first."""
    return Mail.objects.of_readers(keys, emails).select_related("mailing").prefetch_related("bounces")


def entries_of(mails: Iterable[Mail]) -> list[Entry]:
    """Mails of a `timeline` in words."""
    mails = list(mails)
    addresses = addresses_of(mail for mail in mails if mail.state == State.QUEUED)
    return [
        Entry(
            mail=mail,
            label=mail_types.label_of(mail.kind),
            when=mail.sent_at or mail.due,
            cause=_cause(mail),
            reason=reason_of(mail, addresses.get(mail.email.lower())),
            returned=list(mail.bounces.all()),
        )
        for mail in mails
    ]


def reason_of(mail: Mail, address: Address | None) -> str:
    """Why a mail was not sent, or not yet; nothing if all goes as it should."""
    if mail.state != State.QUEUED:
        return mail.drop_reason or mail.last_error
    if hindrance := why_it_will_not_go(mail, address):
        return _("As things stand it will not go out: %(why)s") % {"why": hindrance}
    if mail.last_error:
        return _("Tried %(times)d times: %(why)s") % {"times": mail.attempts, "why": mail.last_error}
    return ""


def _cause(mail: Mail) -> str:
    if mail.mailing:
        return _("Mailing: %(label)s") % {"label": mail.mailing.label}
    if mail_types.is_service(mail.kind):
        return _("Service: it answers what the reader has done.")
    try:
        return _("Topic: %(label)s") % {"label": get_topic(mail_types.get(mail.kind).topic).label}
    except UnknownTopicError:
        return ""


def steps(mail: Mail) -> list[Step]:
    """What befell a mail and what it waits for, in order."""
    befell = [Step(mail.created_at, _("Written down"))]
    befell += [Step(trace.at, trace.get_what_display(), trace.words, trace.by_id) for trace in mail.traces.all()]
    if mail.sent_at:
        befell.append(Step(mail.sent_at, _("Sent"), _("The mail server has taken it.")))
    befell.sort(key=lambda step: step.at or mail.created_at)
    if mail.state == State.QUEUED:
        address = addresses_of([mail]).get(mail.email.lower())
        befell.append(Step(mail.due, _("Is due"), reason_of(mail, address)))
    elif mail.state == State.DROPPED and not any(step.words == mail.drop_reason for step in befell):
        befell.append(Step(None, _("Not sent"), mail.drop_reason))
    return befell
