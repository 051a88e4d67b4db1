"""A mail as it is written: its facts and words, read at the moment of sending, in the language and zone of its reader."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from email.header import Header
from email.message import Message
from typing import Any, Final
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from records.formats.date_formatting import moment_words, zone_words
from records.language_of_address import addresses_in

from .. import mail_types
from ..encryption import decrypt
from ..mail_types import CalendarPart, Drop, Facts, MailType
from ..models import Address, Mail
from . import signed_links
from .wording import watched

OWN_WORDS: Final = "own_words"  # the folder for a mail whose text staff have written
UNTRANSLATED: Final = "the text itself"  # what is lacking when people have not written it in a language
COVERED: Final = "••••••••"
MANY_EMPTY_LINES: Final = re.compile(r"\n(?:[ \t]*\n){2,}")  # what tags of a template leave behind
_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


@dataclass(frozen=True)
class Letter:
    """What one reader gets: subject in one line, plain text, and HTML for kinds that have it ('' for those that have none).

    `language` is the one it is written in, `lacking` the words for which the reader's own language could not be taken.
    """

    subject: str
    text: str
    html: str
    language: str = "en"
    headers: Mapping[str, str] = field(default_factory=dict)
    calendar: CalendarPart | None = None
    lacking: frozenset[str] = frozenset()


def write(
    mail: Mail, *, address: Address | None = None, secrets: Mapping[str, object] | None = None, language: str = ""
) -> Letter | Drop:
    """The mail from its facts as they are now, whole in the reader's language, or else whole in English.

    `address` lets the reader change their wishes by a link. For a preview, `secrets` stands in for the sealed ones and
    `language` for the reader's.
    """
    wanted = language or mail.language
    first = _write_in(wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE, mail, address, secrets)
    if isinstance(first, Drop) or not first.lacking or first.language == settings.LANGUAGE_CODE:
        return first
    with addresses_in(first.language):  # who reads in another language gets its pages behind the links
        second = _write_in(settings.LANGUAGE_CODE, mail, address, secrets)
    return second if isinstance(second, Drop) else replace(second, lacking=first.lacking)


def preview(mail: Mail, language: str = "") -> Letter | Drop:
    """For staff: as `write`, with every secret covered."""
    return write(mail, secrets=dict.fromkeys(mail_types.get(mail.kind).secrets, COVERED), language=language)


@dataclass(frozen=True)
class Unwritable(Drop):
    """The words could not be made: a template or the facts are at fault."""


def looked_at(mail: Mail, language: str = "") -> Letter | Drop:
    """As `preview`; a fault becomes its reason, so that it does not hide the page on which staff come to look for it."""
    try:
        with transaction.atomic():  # a fault of the database may not spoil the transaction around
            return preview(mail, language)
    except Exception as fault:
        return Unwritable(str(fault))


def _write_in(
    language: str, mail: Mail, address: Address | None, secrets: Mapping[str, object] | None
) -> Letter | Drop:
    kind = mail_types.get(mail.kind)
    with watched(language) as lacking, timezone.override(mail.zone):
        facts = kind.facts(mail.subject_id, mail.recipient_key, mail.occurrence.partition("~")[0])
        if isinstance(facts, Drop):
            return Drop(str(facts.reason))
        hidden = decrypt(mail.sealed) if secrets is None else secrets
        when = f"{moment_words(mail.created_at, mail.zone)}, {zone_words(mail.created_at, mail.zone)}"
        about = {"when": when, "zone": mail.zone}
        values = once_each(_frame(kind, address), about, mail.payload, hidden, facts.values)
        letter = _letter(mail, kind, facts, values)
        if facts.languages and language not in facts.languages:
            lacking.add(UNTRANSLATED)
        return replace(letter, language=language, lacking=frozenset(lacking))


def once_each(*sources: Mapping[str, object]) -> dict[str, object]:
    """All names a mail is written with. One that is given twice would hide what somebody else means by it."""
    names = Counter(name for source in sources for name in source)
    twice = sorted(name for name, times in names.items() if times > 1)
    if twice:
        raise ValueError(f"given twice: {', '.join(twice)}")
    return {name: value for source in sources for name, value in source.items()}


def _frame(kind: MailType, address: Address | None) -> dict[str, object]:
    frame: dict[str, object] = {
        "site_name": settings.SITE_NAME,
        "home_url": settings.SITE_URL + reverse("home"),
        "language": translation.get_language(),
        "is_service": kind.service,
    }
    if not kind.service:
        token = signed_links.token_of(address) if address else signed_links.SAMPLE
        frame |= {
            "preferences_url": signed_links.preferences_url(token),
            "stop_url": signed_links.stop_url(token, kind.topic),
        }
    return frame


def _letter(mail: Mail, kind: MailType, facts: Facts, values: Mapping[str, object]) -> Letter:
    headers = {}
    if not kind.service:
        headers = {
            "List-Unsubscribe": f"<{values['stop_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    if mail.own_text:
        subject, values = _naming(values, mail.own_subject), {**values, "own_text": mail.own_text}
        text, html = _rendered(OWN_WORDS, subject, values)
    else:
        subject = " ".join(render_to_string(f"mails/{kind.template}/subject.txt", dict(values)).split())
        subject = _naming(values, subject)
        text, html = _rendered(kind.template, subject, values)
    return Letter(subject, text, html, headers=headers, calendar=facts.calendar)


def _naming(values: Mapping[str, object], subject: str) -> str:
    """The subject with whom it is about, which stands the same way in every language."""
    name = " ".join(str(values.get("subject_person") or "").split())
    return f"{subject} · {name}" if name and name not in subject else subject


def _rendered(folder: str, subject: str, values: Mapping[str, object]) -> tuple[str, str]:
    """Plain text and HTML."""
    facts = {**values, "subject": subject}
    text = MANY_EMPTY_LINES.sub("\n\n", render_to_string(f"mails/{folder}/body.txt", facts)).strip() + "\n"
    try:
        html = _inliner.inline(render_to_string(f"mails/{folder}/body.html", facts))
    except TemplateDoesNotExist as missing:
        if str(missing) != f"mails/{folder}/body.html":
            raise
        html = ""
    return text, html


def message_id(mail: Mail) -> str:
    """The same for every attempt, so that mailbox and log recognise a second copy."""
    identity = f"{mail.kind}/{mail.subject_label}/{mail.subject_id}/{mail.recipient_key}/{mail.occurrence}"
    mark = hashlib.sha256(f"{settings.SECRET_KEY}/{identity}".encode()).hexdigest()[:12]
    return f"<mail-{mail.pk}-{mark}@{urlsplit(settings.SITE_URL).hostname}>"


class _Composed(EmailMultiAlternatives):
    """With its subject in lines that leave room for the word Subject: else the first line is folded away whole, and mail
    programs show a blank before what stands in the second."""

    def message(self, *args: Any, **kwargs: Any) -> Any:
        made = super().message(*args, **kwargs)
        subject = str(self.subject)
        if not subject.isascii():
            del made["Subject"]
            Message.__setitem__(made, "Subject", Header(subject, "utf-8", header_name="Subject"))
        return made


def message(mail: Mail, letter: Letter) -> EmailMultiAlternatives:
    """Ready for a mail server. `Auto-Submitted` keeps out-of-office answers away; a calendar part comes last, as mail
    programs ask."""
    composed = _Composed(
        subject=letter.subject,
        body=letter.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.email],
        headers={
            "Message-ID": message_id(mail),
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
            **letter.headers,
        },
    )
    if letter.html:
        composed.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        composed.attach_alternative(letter.calendar.content.decode(), f"text/calendar; method={letter.calendar.method}")
    return composed
