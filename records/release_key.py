"""What stands for the release that runs. A page is drawn by code, templates and catalogues as much as from records: what an
earlier release has kept is not taken for ours."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

import django
from django.apps import apps
from django.conf import settings


@cache
def release_key() -> str:
    digest = hashlib.sha256(django.get_version().encode())
    for path in sorted(set(_files())):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    base = Path(settings.BASE_DIR)
    for config in apps.get_app_configs():
        here = Path(config.path)
        if here.parent == base:
            yield from here.rglob("*.py")
    for folder in cast(list[Path], settings.TEMPLATES[0]["DIRS"]):
        yield from Path(folder).rglob("*.*")
    for folder in settings.LOCALE_PATHS:
        yield from Path(folder).rglob("*.[mp]o")
