"""Documents that staff put up: known by their content, kept under random names, taken away with their record."""

import codecs
import re
import secrets
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from records.tables.encodings import decoded

DOCUMENT_MAX_BYTES: Final = 50 * 1024 * 1024
FOLDER: Final = "documents/"
UTF_8: Final = "charset=utf-8"
LOOKED_AT: Final = 64 * 1024


def _starts_as_pdf(file: IO[bytes]) -> bool:
    """The mark stands within the first kilobyte: scanners and mail gates put bytes of their own before it. No markup does."""
    before, found, _after = file.read(1024 + 5).partition(b"%PDF-")
    return bool(found) and b"<" not in before


def _is_text(file: IO[bytes]) -> bool:
    """Text in UTF-8 or UTF-16, or in an encoding of the region that can be told."""
    try:
        decoded(file.read())
    except ValidationError:
        return False
    return True


def _is_office(file: IO[bytes], part: str) -> bool:
    """A zip file that holds the part by which an office format is known, and no macros. Word online numbers that part
    (word/document2.xml); where it is called otherwise still, the list of contents says what it is."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = {name.replace("\\", "/").lstrip("/") for name in archive.namelist()}
            contents = archive.open(CONTENTS).read(MOST_CONTENTS) if CONTENTS in names else b""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, KeyError, RuntimeError, zlib.error):
        return False
    stem, _dot, ending = part.rpartition(".")
    usual = any(re.fullmatch(rf"{re.escape(stem)}\d*\.{ending}", name) for name in names)
    said = any(
        one[1].decode("utf-8", "replace").lstrip("/") in names
        for one in _MAIN_PART.finditer(contents)
        if f"openxmlformats-officedocument.{_KIND_OF[part]}.main+xml".encode() in one[0]
    )
    macros = any(name.lower().endswith("vbaproject.bin") for name in names) or b"macroEnabled" in contents
    return bool(contents) and (usual or said) and not macros


def _is_odt(file: IO[bytes]) -> bool:
    return is_open_document(file, "text")


def is_open_document(file: IO[bytes], kind: str) -> bool:
    """A file of LibreOffice, by what it says of itself."""
    try:
        with zipfile.ZipFile(file) as archive:
            said = archive.open("mimetype").read(100)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, KeyError, RuntimeError, zlib.error):
        return False
    return said.strip() == f"application/vnd.oasis.opendocument.{kind}".encode()


CONTENTS: Final = "[Content_Types].xml"
MOST_CONTENTS: Final = 1024 * 1024
_MAIN_PART: Final = re.compile(rb'<Override\b[^>]*?PartName="([^"]+)"[^>]*>')
_KIND_OF: Final = {
    "word/document.xml": "wordprocessingml.document",
    "xl/workbook.xml": "spreadsheetml.sheet",
    "ppt/presentation.xml": "presentationml.presentation",
}
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
Kinds = Mapping[str, tuple[str, Callable[[IO[bytes]], bool]]]  # by ending: media type, and a check of the content
KINDS: Final[Kinds] = {
    "pdf": ("application/pdf", _starts_as_pdf),
    "docx": (_OFFICE + "wordprocessingml.document", partial(_is_office, part="word/document.xml")),
    "xlsx": (_OFFICE + "spreadsheetml.sheet", partial(_is_office, part="xl/workbook.xml")),
    "pptx": (_OFFICE + "presentationml.presentation", partial(_is_office, part="ppt/presentation.xml")),
    "odt": ("application/vnd.oasis.opendocument.text", _is_odt),
    "txt": ("text/plain; charset=utf-8", _is_text),
    "csv": ("text/csv; charset=utf-8", _is_text),
}


def extension(name: str) -> str:
    """The part of a file name behind the last dot, in small letters; '' when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def checked(upload: UploadedFile, *, kinds: Kinds = KINDS, most: int | None = None) -> UploadedFile:
    """The upload under a random name, when its content is what its name says. ValidationError otherwise."""
    most = most or DOCUMENT_MAX_BYTES
    kind = extension(upload.name or "")
    if kind not in kinds:
        raise ValidationError(
            _("Files of the kind “%(kind)s” are not taken. Put up one of these: %(kinds)s.")
            % {"kind": kind or upload.name, "kinds": ", ".join(kinds)}
        )
    if (upload.size or 0) > most:
        raise ValidationError(
            _("The file is larger than %(most)s. Make it smaller, or give the address where it stands.")
            % {"most": filesizeformat(most)}
        )
    upload.seek(0)
    is_what_it_says = kinds[kind][1](upload.file)  # type: ignore[arg-type]
    upload.seek(0)
    if not is_what_it_says:
        raise ValidationError(
            _("The file is called .%(kind)s but its content is not, or it holds macros. Save it anew as .%(kind)s.")
            % {"kind": kind}
        )
    upload.name = f"{secrets.token_hex(16)}.{kind}"
    return upload


def media_type(kind: str, content: IO[bytes], *, kinds: Kinds = KINDS) -> str:
    """What a file is handed out as: a text in the encoding it was put up in."""
    if kind not in kinds:
        return "application/octet-stream"
    of_kind = kinds[kind][0]
    if UTF_8 not in of_kind:
        return of_kind
    start = content.read(LOOKED_AT)
    content.seek(0)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)  # a letter that was cut in two at the end does no harm
    except UnicodeDecodeError:
        return of_kind.replace("utf-8", _charset_of(start))
    return of_kind


def _charset_of(start: bytes) -> str:
    """Of the beginning of a text, which may end within a letter."""
    whole = start[: start.rfind(b"\n") + 1]
    for sample in (whole, *(start[: len(start) - cut] for cut in range(4))):
        try:
            if sample:
                return decoded(sample).charset
        except ValidationError:
            continue
    return "utf-8"


def in_utf_8(upload: UploadedFile) -> UploadedFile:
    """The same text in UTF-8, for what no program reads otherwise: captions of a recording."""
    content = upload.read()
    upload.seek(0)
    found = decoded(content)
    return upload if found.encoding == "utf-8" else SimpleUploadedFile(upload.name or "", found.text.encode())


def discard(*, names: list[str]) -> None:
    """Takes files away once the change that needs them no more is committed."""
    for name in names:
        if name.startswith(FOLDER):
            transaction.on_commit(partial(_delete, name))


def _delete(name: str) -> None:
    default_storage.delete(name)
