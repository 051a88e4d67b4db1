"""The proof of somebody who has neither password nor second factor that it is still they: a code to the proven address."""

import time
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from records.rate_limits import spend

GOOD_FOR: Final = 10 * 60  # seconds
TRIES: Final = 3
KEY: Final = "mailed_proof"
MINUTE, HOUR = 60, 3600


def send(*, request: HttpRequest) -> bool:
    """Mails a code, of which the session keeps a hash; False when one was asked for too lately."""
    address = EmailAddress.objects.get_primary_email(request.user)
    who = str(request.user.pk)
    if not address or not (
        spend("mailed proof", who, most=2, seconds=MINUTE)
        and spend("mailed proof of an hour", who, most=8, seconds=HOUR)
    ):
        return False
    adapter: Any = get_adapter(request)
    code = adapter.generate_login_code()
    request.session[KEY] = {"code": make_password(code), "at": time.time(), "tries": 0, "to": address}
    adapter.send_mail("accounts/proof_code", address, {"user": request.user, "code": code})
    return True


def sent_to(request: HttpRequest) -> str:
    """The address a code is on its way to; empty when none was asked for."""
    kept = _kept(request)
    return str(kept["to"]) if kept else ""


def prove(*, request: HttpRequest, code: str) -> bool:
    """Takes the code once. A wrong one counts; after the third nothing is good any more."""
    kept = _kept(request)
    if kept is None:
        return False
    kept["tries"] += 1
    request.session[KEY] = kept
    if not check_password("".join(code.split()), kept["code"]):
        return False
    request.session.pop(KEY)
    record_authentication(request, request.user, "code", reauthenticated=True)
    return True


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    kept = request.session.get(KEY)
    if not kept or kept["tries"] >= TRIES or time.time() - kept["at"] > GOOD_FOR:
        return None
    return dict(kept)
