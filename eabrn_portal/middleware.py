"""What is decided about a request before any view sees it."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.defaults import page_not_found

from records.language_of_address import addresses_in, waits
from search import index as search_index

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]

METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST")
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# Parts of an address, by their names in the url confs, that lead to what is about one person: a signed address, the number of
# a certificate, the reference of an application.
KEYS: Final = frozenset({"token", "number", "reference"})
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def known_methods(get_response: GetResponse) -> GetResponse:
    """At the door, before anybody is asked for: most views would take a method that nobody thought of for a GET."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(METHODS)})
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def unreadable_requests(get_response: GetResponse) -> GetResponse:
    """A NUL byte means nothing to us and is refused by the database: a page with one in its address does not exist, and a
    cookie with one (a quoted value may hold it as `\\000`) was not set by us and is not read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            "\x00" in request.path_info
            or "%00" in request.META.get("QUERY_STRING", "")
            or "\x00" in request.META.get("QUERY_STRING", "")
        ):
            return page_not_found(request, Http404("NUL byte in the address"))
        for name in [name for name, value in request.COOKIES.items() if "\x00" in name + value]:
            del request.COOKIES[name]
        return get_response(request)

    return middleware


def policies(get_response: GetResponse) -> GetResponse:
    """Headers that switch off what no page of ours uses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def _is_about_a_person(request: HttpRequest, response: HttpResponse) -> bool:
    session = settings.SESSION_COOKIE_NAME
    match = request.resolver_match
    return (
        request.method not in READING
        or session in request.COOKIES
        or session in response.cookies
        or (match is not None and not KEYS.isdisjoint(match.kwargs))
    )


def stays_with_its_reader(get_response: GetResponse) -> GetResponse:
    """An answer to somebody with a session, to a form, or at an address that is a key is kept nowhere: not on its way, nor
    by the browser of a computer that others use. A view that says something else about caches is left alone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Cache-Control" not in response and _is_about_a_person(request, response):
            add_never_cache_headers(response)
        return response

    return middleware


def _refresh_search() -> None:
    """What was written is written: a fault here may not turn the answer into an error, the worker finds the rest."""
    try:
        if search_index.in_step():
            return
        with transaction.atomic():
            search_index.refresh()
    except DatabaseError:
        logger.exception("The search could not be brought in step")


def search_in_step(get_response: GetResponse) -> GetResponse:
    """What a request has changed is found by the next search; changes made elsewhere are left to the worker."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and response.status_code < 400:
            _refresh_search()
        return response

    return middleware


def incomplete_languages(get_response: GetResponse) -> GetResponse:
    """Addresses of a language whose catalogue is not complete yet show the English page, and say so. Whatever the page links
    to, and wherever its forms lead, stays at the addresses of that language.

    Half-translated pages mix languages within a sentence; an English page marked as English reads well everywhere.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        code = request.path_info.removeprefix("/").partition("/")[0]
        if not waits(code):
            return get_response(request)
        with addresses_in(code) as conf:
            request.urlconf = conf  # type: ignore[assignment]
            request.waiting_language = code  # type: ignore[attr-defined]
            return get_response(request)

    return middleware


class LanguageOfAddress(LocaleMiddleware):
    """As Django's: the language of the address. Of one that waits the words are English."""

    def process_request(self, request: HttpRequest) -> None:
        if not hasattr(request, "waiting_language"):
            return super().process_request(request)
        translation.activate(settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not hasattr(request, "waiting_language"):
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", settings.LANGUAGE_CODE)
        return response
