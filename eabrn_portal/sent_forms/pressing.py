"""What makes two presses one: the same page, shown once, sent with the same words to the same address.

Django masks the token against forged forms anew for every page that it draws. So the token that comes back is a number of
that page, which nobody else knows. Another body from the same page is another act; the same form on a page that was opened
anew is another one too.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, UnreadablePostError
from django.utils.crypto import salted_hmac

CSRF: Final = "csrfmiddlewaretoken"
FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
SALT: Final = "eabrn_portal.sent_forms"


def number_of(*parts: str) -> str:
    """A number that cannot be turned back, of 64 digits."""
    return salted_hmac(SALT, json.dumps(parts), algorithm="sha256").hexdigest()


def browser_of(cookies: Mapping[str, str]) -> str:
    """By its session; without one by the secret that its forms are protected with."""
    if session := cookies.get(settings.SESSION_COOKIE_NAME):
        return number_of("browser", session)
    return number_of("browser", "", cookies.get(settings.CSRF_COOKIE_NAME, ""))


@dataclass(frozen=True)
class Pressed:
    """`key` is of the act, `page` of the page whose button it was, `browser` of who pressed."""

    key: str
    page: str
    browser: str


def pressed_in(request: HttpRequest) -> Pressed | None:
    """None where nothing is sent by a page of ours: the check against forged forms refuses what carries no token, and lets
    pass only what machines send to the few addresses that ask for none."""
    if (
        request.method != "POST"
        or request.content_type not in FORMS
        or settings.CSRF_COOKIE_NAME not in request.COOKIES
    ):
        return None
    try:
        token = request.POST.get(CSRF, "")
    except UnreadablePostError:
        return None
    if not token:
        return None
    return Pressed(
        key=number_of("act", token, request.get_full_path(), _digest(request)),
        page=number_of("page", token),
        browser=browser_of(request.COOKIES),
    )


def _digest(request: HttpRequest) -> str:
    """Of all fields in their order, and of the files piece by piece: a file may be larger than the memory."""
    digest = hashlib.blake2b()
    for name, values in request.POST.lists():
        if name != CSRF:
            digest.update(json.dumps([name, values]).encode())
    for name, files in request.FILES.lists():
        for file in files:
            digest.update(json.dumps([name, file.name, file.size]).encode())
            for piece in file.chunks():
                digest.update(piece)
            file.seek(0)
    return digest.hexdigest()
