"""What is answered when a request fails: "busy, try again" when the database was busy or away, else that the fault is ours;
and when a form came too late. What was typed stays on the page, to be sent again."""

import sys
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from .postgres.base import busy
from .sent_forms.fields import typed_in
from .sent_forms.pressing import CSRF

RETRY_SECONDS: Final = 5


def failed(request: HttpRequest) -> HttpResponse:
    """The handler of uncaught errors. A form is kept on the page, to be sent again: it is the same press of the same page."""
    typed = typed_in(request)
    address = request.get_full_path() if typed.pairs or request.method in {"GET", "HEAD"} else request.path
    words = {"fields": typed.pairs, "dropped": typed.dropped, "address": address}
    if busy(sys.exc_info()[1]):
        response = HttpResponse(render_to_string("503.html", words), status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
    else:
        response = HttpResponse(render_to_string("500.html", words), status=500)
    response["Cache-Control"] = "no-store"
    return response


def came_too_late(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a form whose token is not that of the browser any more: it was open too long, or somebody has signed in or
    out meanwhile. What was typed is given back only to a page of ours that sent it: another site could have written it."""
    typed = typed_in(request)
    fields = [pair for pair in typed.pairs if pair[0] != CSRF] if _sent_by_us(request) else []
    words = {"fields": fields, "dropped": typed.dropped, "address": request.get_full_path()}
    return render(request, "403_csrf.html", words, status=403)


def _sent_by_us(request: HttpRequest) -> bool:
    """As the browser says, which a page of another site cannot make it say otherwise."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sender).netloc == request.get_host()
