"""A mail as it is written: its facts and words, read at the moment of sending, in the language and zone of its reader."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone, translation

from directory.moments import moment_words, zone_words

from . import kinds
from .kinds import Drop, Kind
from .models import Mail
from .sealing import unseal

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


@dataclass(frozen=True)
class Letter:
    """What one reader gets: subject in one line, plain text, and HTML for kinds that have it ('' for those that have none)."""

    subject: str
    text: str
    html: str


@contextmanager
def as_reader(mail: Mail) -> Iterator[None]:
    """The language and zone of the reader; English where the portal does not speak the language whole yet."""
    language = mail.language if mail.language in settings.COMPLETE_LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(mail.zone):
        yield


def write(mail: Mail, *, secrets: Mapping[str, Any] | None = None) -> Letter | Drop:
    """The mail from its facts as they are now. `secrets` stands in for the sealed ones, for a preview."""
    kind = kinds.get(mail.kind)
    with as_reader(mail):
        facts = kind.facts(mail.subject_id, mail.recipient_key, mail.occurrence)
        if isinstance(facts, Drop):
            return Drop(str(facts.reason))
        hidden = unseal(mail.sealed) if secrets is None else secrets
        when = f"{moment_words(mail.created_at, mail.zone)}, {zone_words(mail.created_at, mail.zone)}"
        return _letter(kind, {"when": when, **mail.payload, **hidden, **facts.values})


def preview(mail: Mail) -> Letter | Drop:
    """For staff: as `write`, with every secret covered."""
    return write(mail, secrets=dict.fromkeys(kinds.get(mail.kind).secrets, "••••••••"))


def _letter(kind: Kind, values: Mapping[str, Any]) -> Letter:
    frame = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language": translation.get_language(),
        "is_service": kind.service,
    }
    facts = {**frame, **values}
    folder = f"mails/{kind.template}"
    subject = " ".join(render_to_string(f"{folder}/subject.txt", facts).split())
    text = render_to_string(f"{folder}/body.txt", facts).strip() + "\n"
    try:
        html = _inliner.inline(render_to_string(f"{folder}/body.html", facts | {"subject": subject}))
    except TemplateDoesNotExist as missing:
        if str(missing) != f"{folder}/body.html":
            raise
        html = ""
    return Letter(subject, text, html)


def message_id(mail: Mail) -> str:
    """The same for every attempt, so that mailbox and log recognise a second copy."""
    matter = f"{mail.kind}/{mail.subject_label}/{mail.subject_id}/{mail.recipient_key}/{mail.occurrence}"
    mark = hashlib.sha256(f"{settings.SECRET_KEY}/{matter}".encode()).hexdigest()[:12]
    return f"<mail-{mail.pk}-{mark}@{urlsplit(settings.SITE_URL).hostname}>"


def message(mail: Mail, letter: Letter) -> EmailMultiAlternatives:
    """Ready for a mail server. `Auto-Submitted` keeps out-of-office answers away."""
    composed = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.email],
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
    )
    if letter.html:
        composed.attach_alternative(letter.html, "text/html")
    return composed
