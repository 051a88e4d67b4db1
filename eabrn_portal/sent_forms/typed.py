"""A form that was sent when the session was over: it waits until the same person has signed in, and is then shown to be sent.

Whose it is tells a cookie that the browser was given with its last session: a number made of the account, which outlives the
session and is replaced by the next one. Who signs in with another account sees nothing of it.
"""

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Final, cast
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import escape_leading_slashes

from notifications.encryption import DecryptionError, decrypt, encrypt

from ..models import Typed
from .answers import SIGN_IN
from .fields import Pairs, typed_in
from .pressing import CSRF, number_of

GetResponse = Callable[[HttpRequest], HttpResponse]
KEPT: Final = dt.timedelta(days=1)
PARAMETER: Final = "typed"  # in the address to which one comes back
COOKIE: Final = "whose"
COOKIE_SECONDS: Final = 60 * 24 * 3600


class KeepsTyped:
    """Outside of the sessions, so that it sees which of them begin and end."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302:
            _keep(request, response)
        _tell_whose(request, response)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Once the address is known to be one, and whoever asks."""
        if request.method == "GET" and PARAMETER in request.GET and request.user.is_authenticated:
            return _give_back(request)
        return None


def _number_of_account(key: object) -> str:
    return number_of("account", str(key))


def _tell_whose(request: HttpRequest, response: HttpResponse) -> None:
    """With each session that is given or prolonged."""
    session = response.cookies.get(settings.SESSION_COOKIE_NAME)
    if session and session.value and request.user.is_authenticated:
        response.set_cookie(
            COOKIE, _number_of_account(request.user.pk), max_age=COOKIE_SECONDS, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip


def _keep(request: HttpRequest, response: HttpResponse) -> None:
    """Where somebody who typed is asked to sign in, the way back is told what they typed."""
    door = urlsplit(response["Location"])
    whose = request.COOKIES.get(COOKIE, "")
    if not (whose and door.path.endswith(SIGN_IN) and not request.user.is_authenticated):
        return
    asked = QueryDict(door.query, mutable=True)
    if not (back := asked.get(REDIRECT_FIELD_NAME)):
        return
    typed = typed_in(request)
    pairs = [pair for pair in typed.pairs if pair[0] != CSRF]
    if not pairs:
        return
    key = secrets.token_urlsafe(24)
    facts = {"path": request.path, "pairs": pairs, "dropped": typed.dropped}
    Typed.objects.create(
        key=number_of("typed", key), whose=whose[:64], sealed=encrypt(facts), until=timezone.now() + KEPT
    )
    asked[REDIRECT_FIELD_NAME] = _with_parameter(back, key)
    response["Location"] = urlunsplit(door._replace(query=asked.urlencode(safe="/")))


def _with_parameter(address: str, key: str) -> str:
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    query[PARAMETER] = key
    return urlunsplit(parts._replace(query=query.urlencode()))


def _give_back(request: HttpRequest) -> HttpResponse:
    query = request.GET.copy()
    key = str(query.pop(PARAMETER)[-1])
    address = escape_leading_slashes(request.path) + (f"?{query.urlencode()}" if query else "")
    kept = Typed.objects.filter(key=number_of("typed", key), until__gte=timezone.now()).first()
    own = kept is not None and constant_time_compare(kept.whose, _number_of_account(request.user.pk))
    facts = _opened(kept.sealed) if kept is not None and own else {}
    if facts.get("path") != request.path:
        return HttpResponseRedirect(address)
    fields = cast(Pairs, facts["pairs"])
    words = {"fields": fields, "dropped": facts["dropped"], "address": address, "readable": _readable(fields)}
    return render(request, "typed_before.html", words)


def _opened(sealed: str) -> dict[str, object]:
    try:
        return decrypt(sealed)
    except DecryptionError:
        return {}


def _readable(fields: Pairs) -> list[str]:
    """What a person has written in words, for them to see that it is there."""
    return [value for _name, value in fields if " " in value.strip()]


def sweep() -> int:
    return Typed.objects.filter(until__lt=timezone.now()).delete()[0]
