"""The zone on whose clocks a reader wants the times: named in the address, else that of the profile, else the one they
asked the browser to remember.

An address with a zone can be passed on: it changes nothing in the browser that opens it. Only the form of the page, where
the reader ticks it, leaves a cookie. A name that is no zone is said beside the form, and the page stands as ever.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from records.formats.time_zones import zone_choices
from records.formats.vocabulary import UNSET, zone_names

ZONE: Final = "zone"
REMEMBER: Final = "remember"
YEAR: Final = 365 * 24 * 3600
SHOWN: Final = 40  # letters of what was asked for and is none


@dataclass(frozen=True)
class Reader:
    """`zone` is empty when nothing is known of the reader; `asked`: it stands in the address; `refused` is no zone."""

    zone: str
    asked: bool = False
    refused: str = ""


def reader_of(request: HttpRequest) -> Reader:
    asked = request.GET.get(ZONE, "").strip()
    if asked == UNSET:  # nobody's own time
        asked = ""
    if asked in zone_names():
        return Reader(asked, asked=True)
    person = getattr(request.user, "person", None)
    remembered = request.COOKIES.get(ZONE, "")
    known = (person.own_zone if person else "") or (remembered if remembered in zone_names() else "")
    return Reader(known, refused=asked[:SHOWN])


def reader_context(request: HttpRequest) -> dict[str, object]:
    """For every template: who reads is only looked up where a time is told. That opens the session, and so says to caches
    that the page depends on the cookie."""
    return {"reader": SimpleLazyObject(lambda: reader_of(request))}


class ReaderZoneMixin:
    """A page with times. Its form comes back to it, and the cookie is set on the way to the address without that wish."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if REMEMBER in request.GET:
            return _remembered(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        patch_vary_headers(response, ["Cookie"])
        return response

    def zone_context(self, reader: Reader, instant: dt.datetime) -> dict[str, object]:
        """What the form needs, with the offsets of an instant. What else stands in the address stays in it."""
        groups = zone_choices(instant)
        offered = {zone for _label, choices in groups for zone, _name in choices}
        rest = [(name, value) for name, values in self.request.GET.lists() if name != ZONE for value in values]
        return {
            "reader": reader,
            "zone_groups": groups,
            "zone_not_listed": reader.zone if reader.zone not in offered else "",
            "zone_rest": rest,
        }


def _remembered(request: HttpRequest) -> HttpResponseRedirect:
    """No zone means that none is to be remembered any longer; what is no zone is left to the page to say."""
    query = request.GET.copy()
    del query[REMEMBER]
    zone = query.get(ZONE, "").strip()
    if not zone:
        query.pop(ZONE, None)
    response = HttpResponseRedirect(f"{request.path}?{query.urlencode()}" if query else request.path)
    if zone in zone_names():
        response.set_cookie(
            ZONE, zone, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    elif not zone and ZONE in request.COOKIES:
        response.delete_cookie(ZONE, samesite="Lax")
    return response
