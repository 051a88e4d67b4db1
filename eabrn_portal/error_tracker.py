"""Errors to an error tracker, if `SENTRY_DSN` names one: the class of the error and the lines of code, and nothing about people.

The package is not imported without it, and is none of ours to bring: `pip install sentry-sdk`.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import DisallowedHost, ImproperlyConfigured

KEPT: Final = frozenset(
    {"event_id", "timestamp", "platform", "level", "logger", "release", "environment", "exception", "transaction", "server_name"}
)  # fmt: skip
OF_A_FRAME: Final = frozenset({"filename", "function", "module", "lineno", "in_app"})


def start() -> None:
    """When the portal starts."""
    if not settings.SENTRY_DSN:
        return
    try:
        sdk: Any = import_module("sentry_sdk")
    except ImportError as error:
        raise ImproperlyConfigured("SENTRY_DSN is set, but its package is not there: pip install sentry-sdk") from error
    by_name = import_module("sentry_sdk.integrations.django").DjangoIntegration(transaction_style="function_name")
    sdk.init(**options(), integrations=[by_name])


def options() -> dict[str, Any]:
    return {
        "dsn": settings.SENTRY_DSN,
        "send_default_pii": False,
        "include_local_variables": False,
        "include_source_context": False,
        "max_request_body_size": "never",
        "max_breadcrumbs": 0,
        "server_name": "portal",
        "auto_session_tracking": False,
        "traces_sample_rate": 0,
        "send_client_reports": False,
        "shutdown_timeout": 2,
        "transport_queue_size": 20,
        "ignore_errors": [DisallowedHost],
        "before_send": scrubbed,
    }


def scrubbed(event: Mapping[str, Any], hint: Mapping[str, Any]) -> dict[str, Any]:
    """What is known to be harmless; the rest of an event, however much the package comes to know, stays here."""
    kept = {name: value for name, value in event.items() if name in KEPT}
    kept["transaction"] = "" if "/" in str(event.get("transaction", "")) else str(event.get("transaction", ""))
    kept["exception"] = {"values": [_exception(one) for one in (event.get("exception") or {}).get("values", ())]}
    return kept


def _exception(value: Mapping[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", ())
    return {
        "type": value.get("type"),
        "module": value.get("module"),
        "value": "",  # the words of an error hold what somebody typed
        "stacktrace": {
            "frames": [{name: one for name, one in frame.items() if name in OF_A_FRAME} for frame in frames]
        },
    }
