"""The address somebody has typed, shown once more on the page that says “look into your mailbox”: a letter that is wrong is seen
there. It stays in their browser, for minutes, and is sent to that page alone."""

from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseRedirectBase

COOKIE: Final = "written_to"
SECONDS: Final = 600


def remember(response: HttpResponseRedirectBase, email: str) -> HttpResponseRedirectBase:
    """On the way to the page that shows it."""
    response.set_cookie(
        COOKIE, signing.dumps(email, salt=COOKIE), max_age=SECONDS, path=response.url, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def written_to(request: HttpRequest) -> str:
    """Nothing for somebody who comes later, or by another way."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=SECONDS))
    except signing.BadSignature:
        return ""
