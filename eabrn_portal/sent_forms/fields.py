"""What somebody typed, as fields that a page can carry to be sent once more."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, UnreadablePostError

from .pressing import CSRF

MOST_KEPT: Final = 200_000  # characters of a form
SECRET: Final = ("password", "secret", "token", "credential")
ACCOUNTS: Final = "/accounts/"  # here a `code` is one that was mailed; elsewhere that of a fund or a question
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Fields:
    """`dropped`: something of it cannot be kept, a file or what nobody but its owner may know."""

    pairs: Pairs
    dropped: bool


def typed_in(request: HttpRequest) -> Fields:
    """The fields of a form, the number of its page among them."""
    if request.method != "POST":
        return Fields([], dropped=False)
    try:
        posted, files = request.POST, request.FILES
    except (OSError, UnreadablePostError):
        return Fields([], dropped=True)
    kept = [
        (name, value) for name, values in posted.lists() for value in values if not _is_secret(name, request.path_info)
    ]
    if sum(len(name) + len(value) for name, value in kept) > MOST_KEPT:
        return Fields([], dropped=True)
    return Fields(kept, dropped=bool(files) or len(kept) < sum(len(values) for _name, values in posted.lists()))


def _is_secret(name: str, path: str) -> bool:
    if name == CSRF:
        return False
    return any(word in name.lower() for word in SECRET) or (name == "code" and ACCOUNTS in path)
