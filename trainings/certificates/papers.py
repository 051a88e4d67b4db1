"""Certificates as PDF, made from their rows alone: one, or all of an event or training in one file."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from records.papers import qr_code, tongue, typeset
from records.template_context import Context

from ..models import Certificate
from .words import PAPERS, WORDS, day_words

logger = logging.getLogger(__name__)
TEMPLATE: Final = PAPERS / "certificate.typ"
Counted = Callable[[Sequence[Certificate]], Iterable[Certificate]]


@dataclass(frozen=True)
class Batch:
    """Certificates in one file, and those that could not be set: they are left out, and its last page names their numbers."""

    content: bytes
    left_out: list[Certificate]


def papers_of(certificates: Sequence[Certificate], counted: Counted = iter) -> Batch:
    """All in one file. One that cannot be set keeps nobody else from theirs. `counted` hands on the certificates, and may
    count them; where one cannot be set they are gone through once more."""
    try:
        return Batch(paper_of(certificates, counted=counted), [])
    except Exception:  # whatever is wrong with one: the others get theirs
        logger.exception("Certificates are set one by one, to find which cannot be")
    left_out = [one for one in counted(certificates) if not _can_be_set(one)]
    fitting = [one for one in certificates if one not in left_out]
    return Batch(paper_of(fitting, left_out) if fitting else b"", left_out)


def _can_be_set(certificate: Certificate) -> bool:
    try:
        paper_of([certificate])
    except Exception:
        logger.exception("Certificate %s cannot be set", certificate.number)
        return False
    return True


def paper_of(
    certificates: Sequence[Certificate], left_out: Sequence[Certificate] = (), counted: Counted = iter
) -> bytes:
    """A page for each, in its language; titled by the first one."""
    words = WORDS[certificates[0].language]
    title = f"{words['heading']} {certificates[0].number}" if len(certificates) == 1 else words["heading"]
    facts = {"title": title, "certificates": [_page(one) for one in counted(certificates)]}
    return typeset(TEMPLATE, facts | {"left_out": [one.number for one in left_out]})


def address_of(certificate: Certificate) -> str:
    """Where anybody checks it; without the language of whoever prints it."""
    with override("en"):
        return settings.SITE_URL + reverse("certificate", args=[certificate.number])


def _page(certificate: Certificate) -> Context:
    words, language = WORDS[certificate.language], certificate.language
    address = address_of(certificate)
    lines = [[words["dates"], certificate.dates]]
    if certificate.hours is not None:
        lines.append([words["hours"], f"{certificate.hours.normalize():f}"])
    issued = day_words(certificate.issued_at.date(), None, language)
    lines += [[words["number"], certificate.number], [words["issued"], issued]]
    return {
        "tongue": tongue(language),
        "words": words,
        # the name of the network stays English where no one has translated it officially
        "network_tongue": tongue("en" if words["network"] == WORDS["en"]["network"] else language),
        "sentence": words[certificate.activity.activity_type],
        "name": certificate.name,
        "native_name": certificate.native_name,
        "native_tongue": tongue(certificate.native_language or language),
        "title": certificate.title,
        "lines": lines,
        "address": address,
        "qr": qr_code(address),
    }
