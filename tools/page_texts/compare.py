"""Compares two folders of texts: `python -m tools.page_texts.compare BEFORE AFTER [MEANT]`.

Lists files that are missing, added and changed, the last with their differences. MEANT is a file of regular expressions,
one on a line (empty ones and those with # say nothing):

    REGEX                what fits `name: line` of a difference is meant and left out (a line begins with + or -)
    file: REGEX          so is everything about a file whose name fits
    order: REGEX         in a file whose name fits the lines may stand in another order, and nothing else may differ
    now: REGEX => WORDS  before they are compared, this is replaced in the names and lines of the texts before
                         (a list that moved to another address, a title that is called otherwise throughout)

Ends with 1 when a difference is left that nobody meant.
"""

import argparse
import difflib
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Meant:
    """What a file of meant changes says."""

    files: list[re.Pattern[str]] = field(default_factory=list)
    orders: list[re.Pattern[str]] = field(default_factory=list)
    lines: list[re.Pattern[str]] = field(default_factory=list)
    renamed: list[tuple[re.Pattern[str], str]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path | None) -> "Meant":
        meant = cls()
        for line in path.read_text().splitlines() if path else []:
            kind, _colon, rest = line.partition(": ")
            if not line.strip() or line.startswith("#"):
                continue
            if kind == "file":
                meant.files.append(re.compile(rest))
            elif kind == "order":
                meant.orders.append(re.compile(rest))
            elif kind == "now":
                old, _arrow, new = rest.partition(" => ")
                meant.renamed.append((re.compile(old), new))
            else:
                meant.lines.append(re.compile(line))
        return meant

    def now(self, words: str) -> str:
        for old, new in self.renamed:
            words = old.sub(new, words)
        return words


def _names(folder: Path) -> dict[str, Path]:
    return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}


def _same_lines(signed: Iterable[str]) -> bool:
    """Whether each line that went came back elsewhere; in JSON the last of several has no comma."""
    moved = Counter[str]()
    for line in signed:
        moved[line[1:].strip().rstrip(",")] += 1 if line[0] == "+" else -1
    return not any(moved.values())


class Comparing:
    def __init__(self, before: Path, after: Path, meant: Meant) -> None:
        self.meant, self.left_out = meant, 0
        self.old: dict[str, Path] = {}
        for name, path in _names(before).items():
            if (now := meant.now(name)) in self.old:
                print(f"two texts become one, the first counts: {now}")
            self.old.setdefault(now, path)
        self.new = _names(after)

    def run(self) -> int:
        missing, added = self.old.keys() - self.new.keys(), self.new.keys() - self.old.keys()
        faults = self._told("missing", missing) + self._told("added", added)
        changed = [name for name in sorted(self.old.keys() & self.new.keys()) if self._differs(name)]
        print(
            f"{len(self.old)} files before, {len(self.new)} after; {len(missing)} missing, {len(added)} added, {len(changed)} changed"
        )
        print(f"{self.left_out} differences left out as meant")
        return 1 if faults or changed else 0

    def _told(self, word: str, names: Iterable[str]) -> int:
        found = sorted(names)
        left = [name for name in found if not any(one.search(name) for one in self.meant.files)]
        self.left_out += len(found) - len(left)
        for name in left:
            print(f"{word}: {name}")
        return len(left)

    def _differs(self, name: str) -> bool:
        old, new = self.old[name].read_text(), self.new[name].read_text()
        if old == new:
            return False
        was, becomes = self.meant.now(old).splitlines(), new.splitlines()
        if was == becomes:
            return False
        if any(one.search(name) for one in self.meant.files):
            self.left_out += 1
            return False
        difference = list(difflib.unified_diff(was, becomes, name, name, lineterm="", n=1))
        signed = [line for line in difference[2:] if line[:1] in "+-"]
        unmeant = [line for line in signed if not any(one.search(f"{name}: {line}") for one in self.meant.lines)]
        if any(one.search(name) for one in self.meant.orders) and _same_lines(unmeant):
            unmeant = []
        self.left_out += len(signed) - len(unmeant)
        if unmeant:
            print("\n".join(difference))
        return bool(unmeant)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("meant", type=Path, nargs="?")
    given = parser.parse_args()
    return Comparing(given.before, given.after, Meant.read(given.meant)).run()


if __name__ == "__main__":
    sys.exit(main())
