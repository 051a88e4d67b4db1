"""Ending the sign-ins of somebody who is erased: sessions hold account numbers, and addresses of sign-ins under way."""

import json
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from records.personal_data import Owner
from records.personal_data.mentions import Marks


def end(*, owner: Owner) -> int:
    """Ends every session of the account, and of whoever was about to sign in with one of the addresses. How many.

    What another account's session holds of the address, such as a form that waits for a proof, is taken out of it.
    """
    marks, ended = Marks(addresses=owner.emails), 0
    for row in Session.objects.all():
        held = row.get_decoded()
        signed_in = held.get(SESSION_KEY)
        if signed_in == str(owner.user_id):
            _store(row.session_key).delete()
        elif not marks.found_in(json.dumps(held, ensure_ascii=False, default=str)):
            continue
        elif signed_in is None:
            _store(row.session_key).delete()
        else:
            store = _store(row.session_key)
            for name in [name for name, value in held.items() if marks.found_in(json.dumps(value, default=str))]:
                store.pop(name)
            store.save()
        ended += 1
    return ended


def _store(key: str) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(key)
