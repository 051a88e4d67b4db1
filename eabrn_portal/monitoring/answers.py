"""`/livez`, `/readyz` and `/metrics`, answered before anything else is asked: by any name or address of the host, always."""

import hmac
import json
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from history.origin import host_of

from . import readiness
from .access import observe
from .metrics import exposition

GetResponse = Callable[[HttpRequest], HttpResponse]
NO_STORE: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def monitoring(get_response: GetResponse) -> GetResponse:
    """The first middleware."""
    answers = {"/livez": _live, "/readyz": _ready, "/healthz": _ready, "/metrics": _metrics}

    observed = observe(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = answers.get(request.path_info)
        if answer is None:
            return observed(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD", **NO_STORE})
        return answer(request)

    return middleware


def _json(told: dict[str, object], status: int) -> HttpResponse:
    return HttpResponse(json.dumps(told), status=status, content_type="application/json", headers=NO_STORE)


def _live(_request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nobody else, so that a restart on silence mends what it can mend."""
    return _json({"status": "ok"}, 200)


def _ready(request: HttpRequest) -> HttpResponse:
    """All parts, as in Kubernetes: `?exclude=worker&exclude=beat` for a load balancer that asks about readers only."""
    left_out = set(request.GET.getlist("exclude"))
    parts = {name: part for name, part in readiness.parts().items() if name not in left_out}
    ready = all(part["ok"] for part in parts.values())
    return _json({"status": "ok" if ready else "not ready", "at": readiness.now(), **parts}, 200 if ready else 503)


def _metrics(request: HttpRequest) -> HttpResponse:
    if not _may_measure(request):
        return HttpResponse("Not found\n", status=404, content_type="text/plain", headers=NO_STORE)
    text, kind = exposition()
    return HttpResponse(text, content_type=kind, headers=NO_STORE)


def _may_measure(request: HttpRequest) -> bool:
    """By the token of the settings, or from one of their addresses."""
    given = request.headers.get("Authorization", "").encode()
    by_token = bool(settings.METRICS_TOKEN) and hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode())
    return by_token or (bool(settings.METRICS_FROM) and host_of(request) in settings.METRICS_FROM)
