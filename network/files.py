"""Uploaded documents, handed out as downloads only: nothing in them may run in the name of the portal."""

from csp.constants import NONE
from csp.decorators import csp
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from .models import Document
from .uploads import FOLDER, extension
from .uploads import media_type as media_type_of


@require_safe
@csp({"default-src": [NONE], "sandbox": True})  # type: ignore[arg-type]
def document_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file of a published document; of one not published for those who keep the records."""
    document = Document.objects.filter(file=FOLDER + name).first()
    if document is None or not (document.published or request.user.has_perm("network.view_document")):
        raise Http404("No such document")
    kind = extension(name)
    try:
        content = default_storage.open(FOLDER + name)
    except FileNotFoundError as error:
        raise Http404("The file is gone") from error
    media_type = media_type_of(kind, content)
    response = FileResponse(
        content,
        as_attachment=True,
        filename=f"{document.slug}.{kind}" if kind else document.slug,
        content_type=media_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, max-age=300" if document.published else "private, no-store"
    return response
