"""Files handed in with applications: known by their content, kept where no web server looks, taken away with their row."""

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import IO, Any, Final

from csp.constants import NONE
from csp.decorators import csp
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.persons.mailboxes import answers_for
from accounts.scopes import scope_of
from accounts.sign_in.second_factor import lacks_second_factor
from network import uploads

from ..models import Application, ApplicationFile
from ..models.files import private_storage

Purpose = ApplicationFile.Purpose
FOLDER: Final = "applications/"
MOST_BYTES: Final = {Purpose.ANSWER: 10 * 1024**2, Purpose.FOLLOW_UP: 10 * 1024**2, Purpose.PRESENTATION: 50 * 1024**2}
LONGEST_NAME: Final = 150


def _is_jpeg(file: IO[bytes]) -> bool:
    return file.read(3) == b"\xff\xd8\xff"


def _is_png(file: IO[bytes]) -> bool:
    return file.read(8) == b"\x89PNG\r\n\x1a\n"


def _is_open_document(file: IO[bytes], kind: str) -> bool:
    """A file of LibreOffice, without scripts."""
    if not uploads.is_open_document(file, kind):
        return False
    file.seek(0)
    names = zipfile.ZipFile(file).namelist()
    return not any(name.startswith(("Basic/", "Scripts/")) for name in names)


def _is_plain_office(file: IO[bytes], check: Callable[[IO[bytes]], bool]) -> bool:
    """An office file without macros, without anything embedded that runs."""
    if not check(file):
        return False
    file.seek(0)
    names = zipfile.ZipFile(file).namelist()
    return not any(name.lower().endswith((".bin", ".exe", ".js", ".vbs")) and "printersettings" not in name.lower() for name in names)  # fmt: skip


_OFFICE: Final = {
    ending: (uploads.KINDS[ending][0], partial(_is_plain_office, check=uploads.KINDS[ending][1]))
    for ending in ("docx", "xlsx", "pptx")
}
KINDS: Final[Mapping[str, tuple[str, Any]]] = {
    "pdf": uploads.KINDS["pdf"],
    **_OFFICE,
    "odt": (uploads.KINDS["odt"][0], partial(_is_open_document, kind="text")),
    "odp": ("application/vnd.oasis.opendocument.presentation", partial(_is_open_document, kind="presentation")),
    "jpg": ("image/jpeg", _is_jpeg),
    "jpeg": ("image/jpeg", _is_jpeg),
    "png": ("image/png", _is_png),
    "txt": uploads.KINDS["txt"],
}


def checked(upload: UploadedFile, purpose: str) -> tuple[UploadedFile, str]:
    """The upload under a random name, and its own name fit to be shown. ValidationError when it may not be handed in."""
    if not upload.size:
        raise ValidationError(_("The file is empty."), code="empty")
    name = shown_name(upload.name or "")
    try:
        return uploads.checked(upload, kinds=KINDS, most=MOST_BYTES[Purpose(purpose)]), name
    except ValidationError as refused:
        raise ValidationError(refused.messages, code="file") from refused


def shown_name(name: str) -> str:
    """The name as it was typed, without folders, control characters and signs that turn the direction of writing."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp")).strip()
    stem, dot, ending = kept.rpartition(".")
    return stem[: LONGEST_NAME - len(dot + ending)] + dot + ending if len(kept) > LONGEST_NAME else kept or "–"


def put(application: Application, *, purpose: str, code: str, upload: UploadedFile) -> ApplicationFile:
    """Keeps a file in the place of the one that was there. The caller holds the lock; the act stands in `applying`."""
    content, name = checked(upload, purpose)
    kind, size = uploads.extension(content.name or ""), content.size or 0
    before = application.files.filter(purpose=purpose, code=code).first()
    row = before or ApplicationFile(application=application, purpose=purpose, code=code)
    old = row.file.name if before else ""
    row.name, row.kind, row.size = name, kind, size
    row.file.save(f"{FOLDER}{content.name}", content, save=False)
    try:
        with transaction.atomic():
            row.save()
    except BaseException:
        private_storage().delete(str(row.file.name))
        raise
    discard(names=[old] if old else [])
    return row


def remove(files: Iterable[ApplicationFile]) -> int:
    """Deletes rows and, once that is committed, what they point to. How many."""
    found = list(files)
    ApplicationFile.objects.filter(pk__in=[one.pk for one in found]).delete()
    discard(names=[str(one.file.name) for one in found])
    return len(found)


def discard(*, names: Iterable[str]) -> None:
    """Takes files away once the change that needs them no more is committed."""
    for name in names:
        if name.startswith(FOLDER):
            transaction.on_commit(partial(private_storage().delete, name), robust=True)


def file_for(user: User | AnonymousUser, pk: int) -> ApplicationFile | None:
    """A file, for the applicant, for focal points of the state and for officers; None for everybody else. What selected
    people are asked afterwards is for the secretariat alone."""
    found = ApplicationFile.objects.select_related("application__person__care_of").filter(pk=pk).first()
    if found is None or not isinstance(user, User):
        return None
    application = found.application
    if application.person.user_id == user.pk:
        return found
    if application.nominated_by_id is None and answers_for(user, application.person):
        return found
    if lacks_second_factor(user):
        return None
    scope = scope_of(user)
    if found.purpose == Purpose.FOLLOW_UP and not scope.all:
        return None
    own = Application.objects.filter(pk=found.application_id)
    seen = own.in_scope(scope) | own.drafts_for(scope)
    return found if (scope.all or scope.states) and seen.exists() else None


# Nothing in a file may run in the name of the portal.
SEALED: Any = csp({"default-src": [NONE], "sandbox": True})


@require_safe
@SEALED
def application_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of an application as a download; for a stranger it is not there."""
    found = file_for(request.user, pk)
    if found is None:
        raise Http404("no such file")
    return handed_out(found)


def handed_out(found: ApplicationFile) -> HttpResponseBase:
    try:
        content = private_storage().open(str(found.file.name))
    except FileNotFoundError as error:
        raise Http404("The file is gone") from error
    media_type = uploads.media_type(found.kind, content, kinds=KINDS)
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
