"""Photos, handed out under names that never come again: kept by browsers for good."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from .processing import FOLDER

MEDIA_TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}


@require_safe
def photo_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of a photo; the address admits no other names than ours."""
    try:
        content = default_storage.open(FOLDER + name)
    except FileNotFoundError as error:
        raise Http404("No such photo") from error
    response = FileResponse(content, content_type=MEDIA_TYPES[name.rpartition(".")[2]])
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
