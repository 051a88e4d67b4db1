"""Files of applications opened in place: pages of a PDF and pictures as pictures of our own, plain text as text."""

from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from records.drawn_pages import CannotBeDrawnError, page_count, page_picture, small_picture

from ..models import ApplicationFile
from ..models.files import private_storage
from .application_files import SEALED, file_for

PICTURES: Final = frozenset({"jpg", "jpeg", "png"})
MOST_PAGES: Final = 12  # the rest is in the file itself
LONGEST_TEXT: Final = 20_000
_REMEMBERED: Final = 7 * 24 * 3600


@dataclass(frozen=True)
class Shown:
    """What a page shows of a file: addresses of pictures, or text; neither where the file is to be downloaded.

    `pages` is how many there are in all.
    """

    pictures: tuple[str, ...] = ()
    text: str = ""
    pages: int = 0


def shown_in_place(file: ApplicationFile) -> Shown:
    """Nothing where the file is of another kind, is gone, or cannot be drawn."""
    if file.kind in PICTURES:
        return Shown((reverse("application-file-page", args=[file.pk, 1]),), pages=1)
    if file.kind == "pdf":
        pages = _pages_of(file)
        shown = range(1, min(pages, MOST_PAGES) + 1)
        return Shown(tuple(reverse("application-file-page", args=[file.pk, number]) for number in shown), pages=pages)
    return Shown(text=_text_of(file)) if file.kind == "txt" else Shown()


def _pages_of(file: ApplicationFile) -> int:
    """Counted once: a file that is handed in anew has another name."""
    key = f"pages-of:{file.file.name}"
    known = cache.get(key)
    if known is None:
        try:
            with private_storage().open(str(file.file.name)) as content:
                known = page_count(content)
        except (CannotBeDrawnError, FileNotFoundError):
            known = 0
        cache.set(key, known, _REMEMBERED)
    return int(known)


def _text_of(file: ApplicationFile) -> str:
    try:
        with private_storage().open(str(file.file.name)) as content:
            return str(content.read(LONGEST_TEXT * 4).decode("utf-8-sig", "replace"))[:LONGEST_TEXT]
    except FileNotFoundError:
        return ""


@require_safe
@SEALED
def application_file_page(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """One page of a file as a picture, for whoever may have the file; for a stranger it is not there."""
    found = file_for(request.user, pk)
    if found is None or not 1 <= number <= MOST_PAGES or found.kind not in (*PICTURES, "pdf"):
        raise Http404("no such page")
    try:
        with private_storage().open(str(found.file.name)) as content:
            drawn = page_picture(content, number) if found.kind == "pdf" else small_picture(content)
    except (CannotBeDrawnError, FileNotFoundError) as error:
        raise Http404("cannot be drawn") from error
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(drawn, content_type="image/jpeg", headers=headers)
