"""Answers to machines: nothing is sent again that has not changed, every error is JSON, every answer names its terms."""

import hashlib
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import condition

from activities.models.windows import PLACES_HOLD
from history.versions import data_version

Answerer = Callable[..., HttpResponse]
BELOW: Final = "/api/"
# The API's own documentation page is for people.
FOR_PEOPLE: Final = "/api/docs"


def _etag(request: HttpRequest, *args: object, **kwargs: object) -> str | None:
    """The same as long as no record has changed; none while a change is under way."""
    version = data_version()
    if not version.settled:
        return None
    made_from = f"{version.number} {request.get_full_path()} {settings.SITE_URL}"
    return f'W/"{hashlib.sha256(made_from.encode()).hexdigest()[:32]}"'


def _etag_of_minute(request: HttpRequest, *args: object, **kwargs: object) -> str | None:
    """Of what tells free places: registrations are no change of a record, and the clock closes what was open."""
    etag = _etag(request)
    return etag and f'{etag[:-1]}-{int(time.time() // PLACES_HOLD.total_seconds())}"'


unchanged_is_304 = condition(etag_func=_etag)
unchanged_this_minute_is_304 = condition(etag_func=_etag_of_minute)


def terms() -> dict[str, object]:
    """Under which terms data are given, and which state of the records they show."""
    return {"terms": settings.SITE_URL + reverse("terms"), "data_version": data_version().number}


def errors_are_json(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whatever goes wrong below /api/, an unknown address or a method we do not know, is said as JSON."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        ours = request.path_info.startswith(BELOW) and not request.path_info.startswith(FOR_PEOPLE)
        if not ours or response.status_code < 400 or "json" in response.get("Content-Type", ""):
            return response
        said = JsonResponse({"detail": HTTPStatus(response.status_code).phrase}, status=response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response:
                said[name] = response[name]
        return said

    return middleware
