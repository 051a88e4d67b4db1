"""Taking long work away with the files it made."""

import datetime as dt

from django.core.files.storage import storages
from django.db.models import QuerySet

from ..models import LongWork
from .progress import FOLDER


def take_away(works: QuerySet[LongWork]) -> int:
    """Rows and files; how many rows."""
    storage = storages["private"]
    for name in works.exclude(file="").values_list("file", flat=True):
        storage.delete(name)
    return works.delete()[0]


def sweep(before: dt.datetime) -> int:
    """What ended before a moment, and files that belong to no row: their worker was killed before it could write it."""
    taken = take_away(LongWork.objects.filter(ended_at__lt=before))
    storage = storages["private"]
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return taken
    known = set(LongWork.objects.exclude(file="").values_list("file", flat=True))
    for name in (f"{FOLDER}/{one}" for one in names):
        if name not in known and storage.get_modified_time(name) < before:
            storage.delete(name)
    return taken
