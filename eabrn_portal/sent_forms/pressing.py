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

from records.guarded_forms import SIGNED

CSRF: Final = "csrfmiddlewaretoken"
MEANT: Final = "meant-again"  # the field with which the page that asks whether it is meant is answered
OF_THE_PAGE: Final = frozenset({CSRF, SIGNED, MEANT})
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
    """`key` is of the act on its page, `act` of the same from whatever page, `page` of the page whose button it was, `browser`
    of who pressed. `meant`: they were asked whether they mean it a second time, and do."""

    key: str
    act: str
    page: str
    browser: str
    meant: bool


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
    sent = _digest(request)
    return Pressed(
        key=number_of("press", token, request.get_full_path(), sent),
        act=number_of("act", request.get_full_path(), sent),
        page=number_of("page", token),
        browser=browser_of(request.COOKIES),
        meant=MEANT in request.POST,
    )


def _digest(request: HttpRequest) -> str:
    """Of all fields in their order, and of the files piece by piece: a file may be larger than the memory. What tells of the page
    and not of what was typed is left out."""
    digest = hashlib.blake2b()
    for name, values in request.POST.lists():
        if name not in OF_THE_PAGE:
            digest.update(json.dumps([name, values]).encode())
    for name, files in request.FILES.lists():
        for file in files:
            digest.update(json.dumps([name, file.name, file.size]).encode())
            for piece in file.chunks():
                digest.update(piece)
            file.seek(0)
    return digest.hexdigest()
