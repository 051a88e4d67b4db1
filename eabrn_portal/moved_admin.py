"""Pages of the admin that are a part of something else now: their old addresses lead there for good.

Nothing is told here: the new address asks who somebody is.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import path, reverse

View = Callable[..., HttpResponse]


def _to(name: str) -> View:
    """To a page about the same record, or to a list; what was asked of the list goes along."""

    def moved(request: HttpRequest, pk: int | None = None) -> HttpResponse:
        address = reverse(f"admin:{name}", args=[] if pk is None else [pk])
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

    return moved


def _room(old: str, model: str, parts: dict[str, str]) -> list:
    """The addresses of a list that showed the records of `model` otherwise: its list, and the pages of one record."""
    return [
        path(f"{old}/", _to(f"{model}_changelist")),
        *(path(f"{old}/<int:pk>/{page}", _to(f"{model}_{part}")) for page, part in parts.items()),
    ]


CERTIFICATES = {
    "certificates/": "certificates",
    "certificates.pdf/": "certificates_pdf",
    "send/": "certificates_tell",
}
OF_RECORD = {"": "overview", "change/": "overview", "history/": "history"}

urlpatterns = [
    *_room("events/runningevent", "events_event", OF_RECORD | {"change/": "materials"}),
    *_room("trainings/runningtraining", "trainings_training", OF_RECORD | CERTIFICATES | {"rule/": "rule"}),
    *_room("trainings/certifyingevent", "events_event", OF_RECORD | CERTIFICATES),
]
