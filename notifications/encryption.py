"""Secret facts of a mail (codes, addresses of machines) as they stand in the database: encrypted, and only until sent.

The key is derived from SECRET_KEY; with SECRET_KEY_FALLBACKS set, what an older key sealed can still be opened.
"""

import base64
import json
from collections.abc import Mapping
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class DecryptionError(Exception):
    """Sealed with a key that is no longer known."""


@cache
def _fernet(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"eabrn outbox payload").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _keys() -> MultiFernet:
    return MultiFernet([_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def encrypt(facts: Mapping[str, object]) -> str:
    """The facts as one encrypted text; nothing for no facts."""
    return _keys().encrypt(json.dumps(facts).encode()).decode() if facts else ""


def decrypt(sealed: str) -> dict[str, object]:
    if not sealed:
        return {}
    try:
        opened: dict[str, object] = json.loads(_keys().decrypt(sealed.encode()))
    except InvalidToken as error:
        raise DecryptionError("The secret facts were sealed with another SECRET_KEY.") from error
    return opened
