"""With which mails something can be done by hand, and for the others why not: asked before it is done, and while it is."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from records.formats.date_formatting import moment_words
from records.template_context import Cleaned

from . import mail_types
from .mail_types import UnknownMailTypeError
from .models import Mail

State = Mail.State


@dataclass(frozen=True)
class Refusal:
    """A mail with which it could not be done, and why."""

    mail: Mail
    reason: str


@dataclass(frozen=True)
class Handled:
    """What became of a selection of mails."""

    done: list[Mail] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def sorted_out(mails: Iterable[Mail], why_not: Callable[[Mail], str]) -> Handled:
    """Those with which something can be done, and the others with the reason why not; also before it is done."""
    handled = Handled()
    for mail in mails:
        if reason := why_not(mail):
            handled.refused.append(Refusal(mail, reason))
        else:
            handled.done.append(mail)
    return handled


def why_not_stopped(mail: Mail) -> str:
    """Why a mail cannot be stopped; nothing if it can."""
    if mail.state in {State.QUEUED, State.FAILED}:
        return ""
    return {
        State.SENDING: _("It is being sent at this moment."),
        State.SENT: _("It has gone out already."),
        State.UNKNOWN: _("It may have gone out already."),
        State.DROPPED: _("It is not going out anyway."),
    }[State(mail.state)]


def why_not_sent_now(mail: Mail) -> str:
    """Why a mail cannot go earlier than it would by itself; nothing if it can."""
    if reason := why_not_edited(mail):
        return reason
    if mail.due <= timezone.now():
        return _("It is due already and goes out by itself.")
    if mail.mailing and mail.mailing.goes_at > timezone.now():
        return _("It goes out with its mailing, which can be called back until then.")
    return ""


def why_not_edited(mail: Mail) -> str:
    """Why a mail cannot be changed; nothing if it can."""
    if mail.state != State.QUEUED:
        return _("Only a mail that is waiting can be changed.")
    if mail.lease_until and mail.lease_until >= timezone.now():
        return _("It is about to be sent: a worker has it in hand. Try again in a minute.")
    return ""


def why_not_sent_again_among(mails: Iterable[Mail]) -> Callable[[Mail], str]:
    """For some mails: why one of them cannot be sent again; nothing if it can."""
    repeated = repetitions(mails)
    under_way = {mail.pk for mail, others in repeated if any(other.state in Mail.UNDER_WAY for other in others)}
    latest = {subject_of(mail): mail.pk for mail, _others in sorted(repeated, key=lambda one: one[0].pk)}

    def why_not(mail: Mail) -> str:
        if reason := _why_not_again(mail):
            return reason
        if mail.pk in under_way:
            return _("It is being sent again already.")
        if latest.get(subject_of(mail), mail.pk) != mail.pk:
            return _("It was sent again before, and the later copy is selected as well.")
        return ""

    return why_not


def _why_not_again(mail: Mail) -> str:
    if mail.state == State.QUEUED:
        return _("It is waiting and goes out by itself.")
    if mail.state == State.SENDING:
        return _("It is being sent at this moment.")
    try:
        kind = mail_types.get(mail.kind)
    except UnknownMailTypeError:
        return _("The portal no longer sends mails of this kind.")
    if kind.secrets:
        return _("Its code or personal facts were erased when it was over. The reader has to ask for a new one.")
    if mail.expires_at and mail.expires_at <= timezone.now():
        when = moment_words(mail.expires_at, "UTC")
        return _("It has been worth nothing since %(when)s (UTC).") % {"when": when}
    return ""


def why_not_so(mail: Mail, wanted: Cleaned) -> str:
    """Why a mail cannot be changed in the way that is wanted."""
    if bool(wanted["own_subject"]) != bool(wanted["own_text"]):
        return _("Give a subject and a text, or neither.")
    if wanted["own_text"] and mail_types.get(mail.kind).secrets:
        return _("A mail with a code or personal facts cannot have words of your own: they would not be in it.")
    if wanted["due"] != mail.due and mail.expires_at and wanted["due"] >= mail.expires_at:
        when = moment_words(mail.expires_at, "UTC")
        return _("It would go out too late: it is worth nothing after %(when)s (UTC).") % {"when": when}
    return ""


def repetitions(mails: Iterable[Mail]) -> list[tuple[Mail, list[Mail]]]:
    """Each mail that was sent, with the mails that repeat it so far (also when it is itself one of them)."""
    sent = [mail for mail in mails if mail.state == State.SENT]
    known = Mail.objects.filter(
        kind__in={mail.kind for mail in sent},
        recipient_key__in={mail.recipient_key for mail in sent},
        occurrence__contains="~",
    )
    found: dict[tuple, list[Mail]] = defaultdict(list)
    for other in known if sent else ():
        found[subject_of(other)].append(other)
    return [(mail, found[subject_of(mail)]) for mail in sent]


def subject_of(mail: Mail) -> tuple:
    return mail.kind, mail.subject_label, mail.subject_id, mail.recipient_key, first_occurrence(mail)


def first_occurrence(mail: Mail) -> str:
    """The occurrence of the mail that was the first of its repetitions; facts are asked for by it."""
    return mail.occurrence.partition("~")[0]


def number_of_repetition(mail: Mail) -> int:
    number = mail.occurrence.partition("~")[2]
    return int(number) if number.isascii() and number.isdigit() else 0
