"""Certificates as PDF, made from their rows alone: one, or all of an event or training in one file."""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from records.papers import qr_code, tongue, typeset
from records.template_context import Context

from ..models import Certificate
from .words import PAPERS, WORDS, day_words

TEMPLATE: Final = PAPERS / "certificate.typ"


def paper_of(certificates: Sequence[Certificate]) -> bytes:
    """A page for each, in its language; titled by the first one."""
    words = WORDS[certificates[0].language]
    title = f"{words['heading']} {certificates[0].number}" if len(certificates) == 1 else words["heading"]
    return typeset(TEMPLATE, {"title": title, "certificates": [_page(one) for one in certificates]})


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
