"""The large drawings of a site page, kept: in the memory of the process, and in the cache for the other processes.

Drawing a locator takes some 30 ms, and as much again for the base map in a process that has not drawn yet. A drawing
depends on nothing but its arguments and the code and map it is drawn with, so these are its key.
"""

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from records.cached import cached

from . import contour, locator
from .laea import Point

_HERE: Final = Path(locator.__file__).parent
_IN_MEMORY: Final = 256  # drawings in the memory of one process


@cache
def drawings_key() -> str:
    """Stands for the code of the drawings and the base map: another release draws anew."""
    digest = hashlib.sha256()
    for path in sorted([*_HERE.glob("*.py"), *_HERE.glob("data/*.json")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(_IN_MEMORY)
def plate(slug: str, kind: str, width: int, height: int, cell: int, levels: int) -> str:
    made_from = (drawings_key(), slug, kind, width, height, cell, levels)
    return cached("plate", made_from, lambda: contour.plate(slug, kind, width, height, cell, levels))


@lru_cache(_IN_MEMORY)
def locator_map(
    slug: str, kind: str, point: Point, title: str, description: str, size: tuple[int, int], unit: str
) -> str:
    made_from = (drawings_key(), slug, kind, point, title, description, size, unit)
    return cached(
        "locator",
        made_from,
        lambda: locator.locator(slug, kind, point, title=title, description=description, size=size, unit=unit),
    )
