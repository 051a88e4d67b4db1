"""Public pages as whole answers in the cache, under the number of the last change of any record: nobody has to clear them."""

import hashlib
import logging
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from history.versions import Version, data_version

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
# Pages about the one who reads, or not pages at all
NEVER: Final = (
    "/admin/",
    "/accounts/",
    "/me/",
    "/api/",
    "/join/",
    "/.well-known/",
    "/robots.txt",
    "/media/",
    "/static/",
    "/certificates/",
)
HEADERS: Final = ("Content-Type", "Content-Language", "Vary", "Link")
LONGEST: Final = 400  # characters of an address; longer ones are typed by nobody


def cached_pages(get_response: GetResponse) -> GetResponse:
    """Answers from the cache what is the same for everybody: a page without cookie, asked for without one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _same_for_everybody(request):
            return get_response(request)
        version = data_version()
        key = _key(request, version)
        if (kept := _read(key)) is not None:
            content, headers = kept
            answer = HttpResponse(content, headers=headers)
            answer.answered_by = "cached"  # type: ignore[attr-defined]  # for the log
            return answer
        response = get_response(request)
        if version.settled and _may_be_kept(response):
            _write(key, (response.content, {name: response[name] for name in HEADERS if name in response}))
        return response

    return middleware


def _same_for_everybody(request: HttpRequest) -> bool:
    address = request.get_full_path()
    return (
        settings.PAGE_CACHE_SECONDS > 0
        and request.method == "GET"
        and not request.COOKIES
        and len(address) <= LONGEST
        and not any(part in address for part in NEVER)
    )


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
    )


def _key(request: HttpRequest, version: Version) -> str:
    made_from = f"{request.get_host()} {request.get_full_path()} {version.number}"
    return f"page:{hashlib.sha256(made_from.encode()).hexdigest()[:40]}"


def _read(key: str) -> Any:
    try:
        return cache.get(key)
    except (RedisError, OSError) as error:
        logger.warning("No page kept: %s", error)
        return None


def _write(key: str, value: object) -> None:
    try:
        cache.set(key, value, timeout=settings.PAGE_CACHE_SECONDS)
    except (RedisError, OSError) as error:
        logger.warning("No page kept: %s", error)
