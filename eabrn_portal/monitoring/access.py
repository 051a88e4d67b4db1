"""One line in the log for each request, and its name on everything that is written because of it."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any, Final

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from history.actor import request_id

from . import metrics

logger = logging.getLogger("portal.access")
GetResponse = Callable[[HttpRequest], HttpResponse]
GIVEN: Final = re.compile(r"[0-9a-f-]{16,64}")
HEADER: Final = "X-Request-ID"


class RequestName(logging.Filter):
    """Puts the name of the request on every line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get() or "-"
        return True


def observe(get_response: GetResponse) -> GetResponse:
    """Names the request, times it and writes its line: the name of the view and no address, which may hold a token."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXY_COUNT else ""
        name = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        before = request_id.set(name)
        started = time.monotonic()
        try:
            response = get_response(request)
            response.headers[HEADER] = name
            _write(request, response, time.monotonic() - started)
            return response
        finally:
            request_id.reset(before)

    return middleware


def view_of(request: HttpRequest) -> str:
    """`events:register`; `cached` for what no view was asked for, `none` where there is no page."""
    match = request.resolver_match
    return (match.view_name or "unnamed") if match else "none"


def _write(request: HttpRequest, response: HttpResponse, took: float) -> None:
    view = getattr(response, "answered_by", "") or view_of(request)
    method = request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
    size = 0 if response.streaming else len(response.content)
    logger.info(
        "%s %s %s in %d ms",
        method,
        view,
        response.status_code,
        took * 1000,
        extra={
            "method": method,
            "view": view,
            "status": response.status_code,
            "ms": round(took * 1000),
            "bytes": size,
        },
    )
    metrics.answered(view, method, response.status_code, took)


def name_tasks() -> None:
    """A task that a request asked for carries the request's name."""

    def published(headers: dict[str, Any] | None = None, **_signal: Any) -> None:
        if headers is not None and request_id.get():
            headers["request_name"] = request_id.get()

    def begins(task: Any = None, **_signal: Any) -> None:
        request_id.set(getattr(task.request, "request_name", None) or "")

    def ends(**_signal: Any) -> None:
        request_id.set("")

    before_task_publish.connect(published, weak=False)
    task_prerun.connect(begins, weak=False)
    task_postrun.connect(ends, weak=False)
