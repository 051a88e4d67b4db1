"""Calendars that programs subscribe to and ask for again and again: nothing is sent twice that has not changed."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from icalendar import Event

from .entries import as_calendar, calendar_of

EVERY: Final = dt.timedelta(hours=6)
EVERY_OWN: Final = dt.timedelta(hours=1)
FRESH: Final = 15 * 60  # seconds for which a proxy may answer in our place


def public_feed(
    request: HttpRequest, entries: Iterable[Event], *, name: str, filename: str, changed: dt.datetime | None
) -> HttpResponse:
    """A calendar for everybody; `changed`: when anything it is made from last did."""
    response = as_calendar(calendar_of(entries, name, EVERY), filename)
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    return _unless_known(request, response, changed)


def own_feed(request: HttpRequest, entries: Iterable[Event], *, name: str) -> HttpResponse:
    """The calendar of one person: kept by nobody between, found by no search engine."""
    response = as_calendar(calendar_of(entries, name, EVERY_OWN), "eabrn-own")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return _unless_known(request, response, None)


def _unless_known(request: HttpRequest, response: HttpResponse, changed: dt.datetime | None) -> HttpResponse:
    """304 for a program that has it already: by the digest of what it would get, else by the time of the last change."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Content-Language"] = get_language() or ""
    seconds = int(changed.timestamp()) if changed else None
    if seconds is not None:
        response.headers["Last-Modified"] = http_date(seconds)
    known = get_conditional_response(request, etag=etag, last_modified=seconds, response=response)
    return known  # type: ignore[return-value]
