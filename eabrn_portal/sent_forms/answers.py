"""An answer as it is kept for whoever presses again: sealed, since it may be a page about somebody, with their session."""

import base64
import zlib
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from notifications.encryption import DecryptionError, decrypt, encrypt

LONGEST: Final = 4 * 1024 * 1024  # bytes of a page; the longest form of the admin has two millions
SIGN_IN: Final = ("/accounts/login/", "/admin/login/")
AGAIN: Final = "/reauthenticate/"
ACCOUNTS: Final = "/accounts/"
OWN: Final = frozenset({"content-length", "date"})


def is_door(location: str) -> bool:
    """Where somebody is asked who they are before anything is done."""
    path = urlsplit(location).path
    return path.endswith(SIGN_IN) or AGAIN in path


def can_be_given_again(response: HttpResponseBase) -> bool:
    """A page or a way to one. Errors are not kept, so that who tries again may succeed. A download neither: it is asked
    for as often as somebody wants the file, and may be larger than what a database should hold. Nor the way to a door: who has
    shown who they are goes on."""
    return (
        response.status_code < 400
        and not response.streaming
        and not is_door(response.headers.get("Location", ""))
        and "attachment" not in response.headers.get("Content-Disposition", "")
    )


def leads_on(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the form is left behind: something was added, sent, taken away. Not where one signs in, and may do so again."""
    to = urlsplit(response.headers.get("Location", "")).path
    return to not in {"", request.path} and ACCOUNTS not in request.path


def seal(request: HttpRequest, response: HttpResponse) -> str:
    """With the cookies that it sets: of who signs in the session belongs to the answer."""
    status, body = response.status_code, response.content
    headers = {name: value for name, value in response.headers.items() if name.lower() not in OWN}
    if len(body) > LONGEST:
        status, body, headers = 302, b"", {"Location": request.get_full_path()}
    cookies = [
        [name, morsel.value, {key: value for key, value in morsel.items() if value}]
        for name, morsel in response.cookies.items()
    ]
    packed = base64.b85encode(zlib.compress(body, 1)).decode()
    return encrypt({"status": status, "headers": headers, "cookies": cookies, "body": packed})


def unseal(sealed: str) -> HttpResponse | None:
    """None for what another key has sealed."""
    try:
        kept = decrypt(sealed)
    except DecryptionError:
        return None
    body = zlib.decompress(base64.b85decode(str(kept["body"])))
    again = HttpResponse(body, status=kept["status"], headers=kept["headers"])
    for name, value, rest in kept["cookies"]:  # type: ignore[attr-defined]
        again.cookies[name] = value
        again.cookies[name].update(rest)
    again.answered_by = "pressed before"  # type: ignore[attr-defined]  # for the log
    return again
