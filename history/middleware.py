"""Writes by a signed-in user are theirs in the history; where a request came from is known to the audit list."""

import uuid
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from .actor import acting, request_id
from .origin import origin, origin_of

READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def actor_of_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """One transaction for a request that writes: it carries the actor, and an error of the server undoes it whole."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method in READING or not request.user.is_authenticated:
            return get_response(request)
        with acting(request.user.pk, request=request_id.get() or uuid.uuid4().hex):
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def middleware(request: HttpRequest) -> HttpResponse:
        before = origin.set(origin_of(request))
        try:
            return answer(request)
        finally:
            origin.reset(before)

    return middleware
