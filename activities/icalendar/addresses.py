"""The addresses of calendars as people need them: one to copy, and one that opens a calendar program."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings


@dataclass(frozen=True)
class Address:
    """`copied` begins with https and is pasted into a program; `opened` asks the device for its own program."""

    copied: str
    opened: str

    @classmethod
    def of(cls, path: str) -> Self:
        copied = settings.SITE_URL + path
        return cls(copied, urlsplit(copied)._replace(scheme="webcal").geturl())
