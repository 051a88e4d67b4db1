"""What an import would do: rows that make or change a record, and all cells that are refused."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from .definition import Sheet
from .fields import Keys


@dataclass(frozen=True)
class May:
    """What the officer may do in the form: add a record, change this one, and which of its fields the form keeps."""

    add: bool
    change: Callable[[Any], bool]
    fixed: Callable[[Any], Collection[str]]


@dataclass(frozen=True)
class Wrong:
    """One cell that is refused: where, what stands there, why and what to do."""

    line: int
    column: str
    value: str
    why: str | Promise


@dataclass
class Entry:
    """One row that changes something. `values` are by heading; `changes` are texts: heading, before, after."""

    key: str
    line: int
    record: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Difference:
    """What an import would do."""

    sheet: Sheet
    keys: dict[str, Keys] = field(default_factory=dict)
    problems: list[Wrong] = field(default_factory=list)
    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    unchanged: int = 0

    def shown(self) -> dict[str, Any]:
        """As plain values: what an officer looks at, and what is compared before it is done."""
        told = {
            name: [{"line": one.line, "key": one.key, "changes": one.changes} for one in entries]
            for name, entries in (("new", self.new), ("changed", self.changed))
        }
        problems = [[one.line, one.column, one.value, str(one.why)] for one in self.problems]
        return {**told, "unchanged": self.unchanged, "problems": problems}


def digest(shown: Mapping[str, Any]) -> str:
    """Tells one difference from another."""
    wanted = {name: shown[name] for name in ("new", "changed", "unchanged", "problems")}
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
