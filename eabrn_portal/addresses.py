"""Addresses of pages under the prefix of a language whose catalogue is not complete: the words are English, the prefix stays."""

from dataclasses import dataclass, field
from functools import cache

from django.urls import URLPattern, URLResolver, include, path

from . import urls


@dataclass(frozen=True, eq=False)
class Addresses:
    """What Django takes for a url conf."""

    urlpatterns: list[URLPattern | URLResolver] = field(default_factory=list)
    handler500: str = urls.handler500


@cache
def of_language(code: str) -> Addresses:
    return Addresses([*urls.FILES, path(f"{code}/", include(urls.PAGES))])
