"""Documents that staff put up: known by their content, kept under random names, taken away with their record."""

import secrets
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

DOCUMENT_MAX_BYTES: Final = 50 * 1024 * 1024
FOLDER: Final = "documents/"


def _starts_as_pdf(file: IO[bytes]) -> bool:
    return file.read(5) == b"%PDF-"


def _is_text(file: IO[bytes]) -> bool:
    try:
        return "\x00" not in file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def _is_office(file: IO[bytes], part: str) -> bool:
    """A zip file that holds the part by which an office format is known, and no macros."""
    try:
        names = set(zipfile.ZipFile(file).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return {"[Content_Types].xml", part} <= names and not any(name.lower().endswith("vbaproject.bin") for name in names)


def _is_odt(file: IO[bytes]) -> bool:
    return file.read(77)[30:] == b"mimetypeapplication/vnd.oasis.opendocument.text"


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


def discard(*, names: list[str]) -> None:
    """Takes files away once the change that needs them no more is committed."""
    for name in names:
        if name.startswith(FOLDER):
            transaction.on_commit(partial(_delete, name))


def _delete(name: str) -> None:
    default_storage.delete(name)
