"""What is decided about a request before any view sees it."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found

GetResponse = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def unreadable_requests(get_response: GetResponse) -> GetResponse:
    """A NUL byte in an address means nothing to us and is refused by the database: such a page does not exist."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            "\x00" in request.path_info
            or "%00" in request.META.get("QUERY_STRING", "")
            or "\x00" in request.META.get("QUERY_STRING", "")
        ):
            return page_not_found(request, Http404("NUL byte in the address"))
        return get_response(request)

    return middleware


def policies(get_response: GetResponse) -> GetResponse:
    """Headers that switch off what no page of ours uses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def incomplete_languages(get_response: GetResponse) -> GetResponse:
    """Addresses of a language whose catalogue is not complete yet show the English page, and say so.

    Half-translated pages mix languages within a sentence; an English page marked as English reads well everywhere.
    """
    waiting = {code for code, _name in settings.LANGUAGES} - set(settings.COMPLETE_LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        code, _slash, rest = request.path_info.removeprefix("/").partition("/")
        if code in waiting:
            request.path_info = f"/{rest}"  # LocaleMiddleware finds no prefix and takes English
            request.waiting_language = code  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
