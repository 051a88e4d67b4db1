"""Addresses that pages lead to, and hosts that none of them leads to."""

from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# They put up files and texts of others that they have gathered: without leave, among advertisements, gone or changed tomorrow.
# A host stands for those below it too.
REPUBLISHERS: Final = frozenset({
    "123dok.com", "academia-edu.org", "businessdocbox.com", "coursehero.com", "cupdf.com", "docest.com", "docplayer.net",
    "docplayer.org", "docsbay.net", "docslib.org", "documents.pub", "doczz.net", "dokumen.pub", "dokumen.tips", "fdocuments.in",
    "fdocuments.net", "fdocuments.us", "kuweibk.com", "pdfcoffee.com", "pdfslide.net", "pdfslide.us", "pkjilw.com",
    "sciencedocbox.com", "scribd.com", "slidetodoc.com", "studylib.net", "vdocument.in", "vdocuments.mx", "vdocuments.net",
    "wikimili.com", "wixlib.com", "wxredian.com", "zuoliyou.com",
})  # fmt: skip


def host_of(address: str) -> str:
    """The host of an address in small letters; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def republisher(address: str) -> str:
    """The host of an address if it republishes what others have published; else empty."""
    host = host_of(address)
    parts = host.split(".")
    return host if any(".".join(parts[start:]) in REPUBLISHERS for start in range(len(parts))) else ""


def refuse_republisher(address: str) -> None:
    """Refuses an address that the public must not be led to.

    Raises:
        ValidationError: the host republishes what others have published.
    """
    if host := republisher(address):
        raise ValidationError(
            _(
                "%(host)s puts up copies of what others have published. Give the address where the publisher has it, or leave "
                "this empty."
            ),
            code="republisher",
            params={"host": host},
        )
