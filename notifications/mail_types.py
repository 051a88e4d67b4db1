"""The kinds of mail there are. Each app registers its own in `mails.py`, which is found when Django starts."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from .topics import Frequency


@dataclass(frozen=True)
class CalendarPart:
    """An entry for the reader's calendar (RFC 5545), with the method by which it is meant (RFC 5546): REQUEST, CANCEL.

    The method stands in the calendar too: programs that find two different ones take neither.
    """

    method: str
    content: bytes


@dataclass(frozen=True)
class Facts:
    """What the templates of a mail need, read from the records at the moment of sending.

    `languages` are those in which texts written by people exist, for a mail that mostly consists of such a text: a reader of
    another language gets it whole in English. Empty: the mail's own words decide.

    A value `subject_person` is named in the subject: several people may be reached through one mailbox, and whoever opens it
    must see at once for whom a mail is.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    calendar: CalendarPart | None = None
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Drop:
    """The mail has become pointless: the matter is over, the account is gone. Staff read the reason."""

    reason: str | Promise


FactsOf = Callable[[int, str, str], Facts | Drop]


@dataclass(frozen=True)
class MailType:
    """A kind of mail: what it is called, who may decline it, and how its facts are found.

    `facts` is asked with subject id, recipient key and occurrence. `template` is the folder of subject.txt, body.txt and,
    if the mail has one, body.html. `secrets` names the entries of the payload that are kept encrypted and erased once the
    mail is over. A kind with a `lifetime` is not sent later than that after it was due: a code has expired by then.
    `frequencies` says which wishes for the topic it answers: the reminder of an hour before is for readers who want each
    one.
    """

    name: str
    label: str | Promise
    topic: str  # what a reader declines as a whole; one of `topics`, unless it is a service
    facts: FactsOf
    template: str
    service: bool = False  # answers what its reader has just done: cannot be declined
    security: bool = False  # a second copy does less harm than none: sent again when nobody knows whether it arrived
    secrets: frozenset[str] = frozenset()
    lifetime: dt.timedelta | None = None
    frequencies: frozenset[Frequency] = frozenset({Frequency.ALL})


class UnknownMailTypeError(LookupError):
    """No app has registered this kind."""


_kinds: dict[str, MailType] = {}


def register(kind: MailType) -> MailType:
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"Two kinds of mail are called {kind.name}.")
    return kind


def get(name: str) -> MailType:
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownMailTypeError(f"No kind of mail is called {name}.") from None


def all_mail_types() -> list[MailType]:
    """By name."""
    return [_kinds[name] for name in sorted(_kinds)]


def label_of(name: str) -> str:
    """What staff call a kind; its bare name if no app knows it any more."""
    return str(_kinds[name].label) if name in _kinds else name


def security_mail_types() -> list[str]:
    return [kind.name for kind in all_mail_types() if kind.security]


def is_service(name: str) -> bool:
    """Whether a kind is a service; one that no app knows any more counts as one, since nobody can decline it."""
    return name not in _kinds or _kinds[name].service
