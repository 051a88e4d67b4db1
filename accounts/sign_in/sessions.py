"""Where somebody is signed in: one row for each session, which can be ended alone, or all others at once."""

import datetime as dt
import time
from collections.abc import Callable
from typing import Final

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import User

WRITTEN_EVERY: Final = dt.timedelta(minutes=5)
SEEN: Final = "seen_at"


@transaction.atomic
def end_all(*, user: User, but: HttpRequest | None = None) -> None:
    """Ends every session of an account at once, known or not, but for the one in which this is asked for.

    The moment that every session must know is a new one; the rows go too, so that the page shows what is.
    """
    user.sessions_ended_at = timezone.now()
    user.save(update_fields=["sessions_ended_at"])
    keeps = but is not None and but.user.is_authenticated and but.user.pk == user.pk
    others = UserSession.objects.filter(user=user)
    if keeps and but is not None:
        if isinstance(but.user, User) and but.user is not user:
            but.user.sessions_ended_at = user.sessions_ended_at
        but.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        others = others.exclude(session_key=but.session.session_key or "")
    Session.objects.filter(session_key__in=list(others.values_list("session_key", flat=True))).delete()
    others.delete()


@transaction.atomic
def end_one(*, user: User, key: int) -> bool:
    """Ends a single session of the own account; False when there is none of that number."""
    found = UserSession.objects.select_for_update().filter(user=user, pk=key).first()
    if found is None:
        return False
    Session.objects.filter(session_key=found.session_key).delete()
    found.delete()
    return True


def of_user(user: User) -> list[UserSession]:
    """The sessions that go on, the one used last first. Rows of others that have ended are left to the nightly rule."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(UserSession.objects.filter(user=user, session_key__in=alive).order_by("-last_seen_at", "-pk"))


def purge() -> int:
    """Rows of sessions that have ended."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.exclude(session_key__in=alive).delete()[0]


def activity(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Writes down, every five minutes at most, that a session is in use, and from where.

    Of a visitor without a session none is opened: what is answered would be said to differ by a cookie.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        has_one = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_one and request.user.is_authenticated and request.session.session_key:
            seen = request.session.get(SEEN, 0)
            if not 0 <= time.time() - seen < WRITTEN_EVERY.total_seconds():
                request.session[SEEN] = int(time.time())
                UserSession.objects.create_from_request(request)
        return get_response(request)

    return middleware


def row_of(request: HttpRequest) -> dict[str, str]:
    """From where and with which program a request comes, as a mail about an account tells it."""
    adapter = get_adapter(request)
    return {"ip": str(adapter.get_client_ip(request)), "user_agent": str(adapter.get_http_user_agent(request))}
