"""A page of the admin as somebody has asked for it, for the worker: the same filter, order and columns, in their name."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict


def as_asked(officer: Any, address: str) -> HttpRequest:
    """A request of this officer for an address of the portal; nobody's session, no cookie."""
    parts, request = urlsplit(address), HttpRequest()
    request.method, request.path, request.path_info = "GET", parts.path, parts.path
    request.GET = QueryDict(parts.query)
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "QUERY_STRING": parts.query}
    request.user = officer
    return request
