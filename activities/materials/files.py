"""Materials of an activity: who may have which, and files put up and handed out."""

from collections.abc import Mapping
from functools import partial
from typing import IO, Any, Final

from csp.constants import NONE
from csp.decorators import csp
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.models import User
from network import uploads
from records.tables.encodings import decoded

from ..models import Activity, Attendance, Material

FOLDER: Final = "materials/"
Visibility = Material.Visibility
MOST_BYTES: Final = 300 * 1024 * 1024


def _begins(start: bytes, at: int = 0) -> object:
    def check(file: IO[bytes]) -> bool:
        return file.read(at + len(start))[at:] == start

    return check


def _is_mp3(file: IO[bytes]) -> bool:
    first = file.read(3)
    return first == b"ID3" or (first[:1] == b"\xff" and len(first) > 1 and first[1] & 0xE0 == 0xE0)


def _is_captions(file: IO[bytes]) -> bool:
    """WebVTT begins with its name, SRT with a number and a span of time."""
    try:
        text = decoded(file.read()).text[:200]
    except ValidationError:
        return False
    return text.startswith("WEBVTT") or "-->" in text


# Besides documents: sound and pictures of a recording, and its captions.
KINDS: Final[Mapping[str, tuple[str, Any]]] = {
    **uploads.KINDS,
    "vtt": ("text/vtt; charset=utf-8", _is_captions),
    "srt": ("application/x-subrip; charset=utf-8", _is_captions),
    "mp4": ("video/mp4", _begins(b"ftyp", 4)),
    "m4a": ("audio/mp4", _begins(b"ftyp", 4)),
    "webm": ("video/webm", _begins(b"\x1a\x45\xdf\xa3")),
    "mp3": ("audio/mpeg", _is_mp3),
}
CAPTIONS: Final = frozenset({"vtt", "srt"})


def checked(upload: UploadedFile) -> UploadedFile:
    """The upload under a random name, when its content is what its name says. ValidationError otherwise."""
    found = uploads.checked(upload, kinds=KINDS, most=MOST_BYTES)
    if uploads.extension(found.name or "") not in CAPTIONS:
        return found
    in_utf_8 = uploads.in_utf_8(found)
    in_utf_8.name = found.name
    return in_utf_8


@transaction.atomic
def store(*, material: Material) -> Material:
    """Keeps a material with the size of its file; a file that it had before is taken away."""
    before = Material.objects.select_for_update().filter(pk=material.pk).values_list("file", flat=True).first()
    material.size = material.file.size if material.file else None
    material.save()
    if before and before != material.file.name:
        discard(names=[before])
    return material


@transaction.atomic
def withdraw(*, material: Material) -> None:
    """Takes a material down, and its file with it."""
    name = material.file.name
    material.delete()
    discard(names=[name] if name else [])


def discard(*, names: list[str]) -> None:
    """Takes files away once the change that needs them no more is committed."""
    for name in names:
        if name.startswith(FOLDER):
            transaction.on_commit(partial(default_storage.delete, name))


def visible_to(activity: Activity, user: User | AnonymousUser) -> set[str]:
    """What somebody who is signed in may have: officers and the trainers of the activity all of it."""
    if not isinstance(user, User):
        return {Visibility.PUBLIC}
    if user.has_perm("activities.view_material") or activity.sessions.filter(trainers__user=user).exists():
        return set(Visibility.values)
    if Attendance.objects.filter(session__activity=activity, person__user=user, minutes__gt=0).exists():
        return set(Visibility.values)
    has_place = activity.people_with_place().filter(user=user).exists()
    return {Visibility.PUBLIC, Visibility.REGISTERED} if has_place else {Visibility.PUBLIC}


def shown_to(activity: Activity, user: User | AnonymousUser) -> tuple[list[Material], int]:
    """The materials a reader of the page may have, and how many others there are."""
    every = list(activity.materials.select_related("session"))
    all_public = all(one.visibility == Visibility.PUBLIC for one in every)
    visible = {Visibility.PUBLIC} if all_public else visible_to(activity, user)
    shown = [one for one in every if one.visibility in visible]
    return shown, len(every) - len(shown)


# Nothing in a file may run in the name of the portal.
SEALED: Any = csp({"default-src": [NONE], "sandbox": True})


@require_safe
@SEALED
def material_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file of a material, for those who may have it when they are signed in."""
    material = get_object_or_404(Material.objects.select_related("activity"), file=FOLDER + name)
    activity = material.activity
    is_public = activity.published and activity.status != Activity.Status.DRAFT
    allowed = visible_to(activity, request.user)
    if material.visibility not in allowed or not (is_public or Visibility.ATTENDED in allowed):
        raise Http404("No such material")
    return handed_out(material)


def handed_out(material: Material) -> HttpResponseBase:
    """The file, as a download only. Its view is `SEALED`."""
    name = str(material.file.name)
    kind = uploads.extension(name)
    try:
        content = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404("The file is gone") from error
    response = FileResponse(
        content, as_attachment=True, filename=f"{slugify(material.title) or material.kind}.{kind}",
        content_type=uploads.media_type(kind, content, kinds=KINDS),
    )  # fmt: skip
    response.headers["X-Content-Type-Options"] = "nosniff"
    public = material.visibility == Visibility.PUBLIC
    response.headers["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    return response
