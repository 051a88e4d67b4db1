"""What is answered when a request fails: "busy, try again" when the database was busy or away, else that the fault is ours."""

import sys
from typing import Final

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.views.defaults import server_error

from .postgres.base import busy

RETRY_SECONDS: Final = 5
MOST_KEPT: Final = 200_000  # characters of a form
SECRET: Final = ("password", "code", "secret", "token")
CSRF: Final = "csrfmiddlewaretoken"


def failed(request: HttpRequest) -> HttpResponse:
    """The handler of uncaught errors. A form that met a busy database is kept on the page, to be sent again."""
    if not busy(sys.exc_info()[1]):
        return server_error(request)
    fields, dropped = _typed(request) if request.method == "POST" else ([], False)
    address = request.get_full_path() if fields or request.method in {"GET", "HEAD"} else request.path
    words = {"fields": fields, "dropped": dropped, "address": address}
    response = HttpResponse(render_to_string("503.html", words), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest) -> tuple[list[tuple[str, str]], bool]:
    """The fields of a form, and whether something of it cannot be kept."""
    try:
        posted, files = request.POST, request.FILES
    except (OSError, UnreadablePostError):
        return [], True
    kept = [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if name == CSRF or not any(word in name.lower() for word in SECRET)
    ]
    if sum(len(name) + len(value) for name, value in kept) > MOST_KEPT:
        return [], True
    return kept, bool(files) or len(kept) < sum(len(values) for _name, values in posted.lists())
