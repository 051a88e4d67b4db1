"""Public pages as whole answers in the cache, under the number of the last change of any record: nobody has to clear them.

A page is kept only where all of this holds: its kind stands in PAGES; it was asked for without a cookie, at a host name of
ours; its query is one of a known, small number (`records.listing.bounded_queries`); and the answer itself does not say
otherwise. Whatever is added to the portal is kept only once somebody has named it here.
"""

import hashlib
import logging
from collections.abc import Callable
from functools import cache as cache_forever
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import split_domain_port
from django.urls import get_resolver
from django.utils.translation import override
from redis.exceptions import RedisError

from history.versions import Version, data_version
from records.listing.bounded_queries import is_bounded

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
# The kinds of page that are the same for everybody and about nobody, by the name of their address.
PAGES: Final = frozenset(
    {
        "home", "about", "contact", "privacy", "accessibility", "security", "terms",
        "reserve-list", "reserve-detail", "geopark-list", "geopark-detail", "site-list", "map", "compare",
        "memberstate-list", "memberstate-detail", "partner-list", "partner-detail", "programme-list", "programme-detail",
        "document-list", "document-detail", "event-list", "event-detail", "training-list", "training-detail",
        "calendars", "search", "statistics",
    }
)  # fmt: skip
HEADERS: Final = ("Content-Type", "Content-Language", "Vary", "Link")
LONGEST: Final = 400  # characters of an address; longer ones are typed by nobody
# An answer that differs by a cookie is kept for those who have none; the language stands in the address.
VARIES: Final = frozenset({"cookie", "accept-encoding", "accept-language"})
KEPT_BY_NOBODY: Final = frozenset({"private", "no-store", "no-cache", "max-age=0"})


def cached_pages(get_response: GetResponse) -> GetResponse:
    """Answers from the cache what is the same for everybody: a page without cookie, asked for without one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _same_for_everybody(request):
            return get_response(request)
        version = data_version()
        query = QueryDict(request.META.get("QUERY_STRING", ""))  # views write their own into request.GET
        key = _key(request, query, version)
        if (kept := _read(key)) is not None:
            content, headers = kept
            answer = HttpResponse(content, headers=headers)
            answer.answered_by = "cached"  # type: ignore[attr-defined]  # for the log
            return answer
        response = get_response(request)
        if version.settled and _may_be_kept(request, query, response):
            _write(key, (response.content, {name: response[name] for name in HEADERS if name in response}))
        return response

    return middleware


def _same_for_everybody(request: HttpRequest) -> bool:
    return (
        settings.PAGE_CACHE_SECONDS > 0
        and request.method == "GET"
        and not request.COOKIES
        and "Authorization" not in request.headers
        and _may_be_a_page(request.path_info)
        and len(request.get_full_path()) <= LONGEST
        and _is_ours(request.get_host())
    )


def _may_be_a_page(path: str) -> bool:
    """Told by its first part, so that for files, feeds and the state of the portal the database is not asked."""
    first, _slash, rest = path.removeprefix("/").partition("/")
    return (rest.partition("/")[0] if first in _languages() else first) in _first_parts()


@cache_forever
def _languages() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)


@cache_forever
def _first_parts() -> frozenset[str]:
    """`reserves` for /reserves/ and all below."""
    with override("en"):
        known = get_resolver().reverse_dict
        paths = [path for name in PAGES for found in known.getlist(name) for path, _names in found[0]]
    return frozenset(path.partition("/")[0] for path in paths)


def _is_ours(host: str) -> bool:
    """One of the few names the portal goes by. A pattern of names and any port are allowed too, but without end."""
    domain, port = split_domain_port(host)
    ours = urlsplit(settings.SITE_URL)
    ports = {"", str(ours.port or ""), str(settings.PORT)}
    return port in ports and (domain == ours.hostname or domain in settings.ALLOWED_HOSTS)


def _may_be_kept(request: HttpRequest, query: QueryDict, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        response.status_code == 200
        and match is not None
        and match.view_name in PAGES
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
        and KEPT_BY_NOBODY.isdisjoint(_words(response, "Cache-Control"))
        and VARIES.issuperset(_words(response, "Vary"))
        and is_bounded(query, (getattr(response, "context_data", None) or {}).get("form"))
    )


def _words(response: HttpResponse, header: str) -> set[str]:
    return {word.strip().lower() for word in response.get(header, "").split(",")} - {""}


def _key(request: HttpRequest, query: QueryDict, version: Version) -> str:
    """Two ways to write the same query have one key."""
    made_from = f"{request.get_host()} {request.path} {query.urlencode()} {version.number}"
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
