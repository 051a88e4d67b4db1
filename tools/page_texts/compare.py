"""Compares two folders of texts: `python -m tools.page_texts.compare BEFORE AFTER [MEANT]`.

Lists files that are missing, added and changed, the last with their differences. MEANT is a file of regular expressions,
one on a line (empty ones and those with # say nothing): what fits `file: line` of a difference is meant and left out, and
so is a file whose name fits a line that begins with `file:`. Ends with 1 when a difference is left that nobody meant.
"""

import argparse
import difflib
import re
import sys
from pathlib import Path


def meant_lines(path: Path | None) -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    """Expressions for whole files, and for single lines."""
    lines = path.read_text().splitlines() if path else []
    said = [line for line in lines if line.strip() and not line.startswith("#")]
    files = [re.compile(line.removeprefix("file:").strip()) for line in said if line.startswith("file:")]
    return files, [re.compile(line) for line in said if not line.startswith("file:")]


class Comparing:
    def __init__(self, before: Path, after: Path, meant: Path | None) -> None:
        self.before, self.after = before, after
        self.files, self.lines = meant_lines(meant)
        self.left_out = 0

    def run(self) -> int:
        old, new = (self._names(folder) for folder in (self.before, self.after))
        faults = self._told("missing", old - new) + self._told("added", new - old)
        changed = [name for name in sorted(old & new) if self._differs(name)]
        faults += len(changed)
        print(
            f"{len(old)} files before, {len(new)} after; {len(old - new)} missing, {len(new - old)} added, {len(changed)} changed"
        )
        print(f"{self.left_out} differences left out as meant")
        return 1 if faults else 0

    def _names(self, folder: Path) -> set[str]:
        return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}

    def _told(self, word: str, names: set[str]) -> int:
        left = [name for name in sorted(names) if not any(one.search(name) for one in self.files)]
        self.left_out += len(names) - len(left)
        for name in left:
            print(f"{word}: {name}")
        return len(left)

    def _differs(self, name: str) -> bool:
        old, new = (folder.joinpath(name).read_text().splitlines() for folder in (self.before, self.after))
        if old == new:
            return False
        if any(one.search(name) for one in self.files):
            self.left_out += 1
            return False
        difference = list(difflib.unified_diff(old, new, name, name, lineterm="", n=1))
        signed = [line for line in difference[2:] if line[:1] in "+-"]
        unmeant = [line for line in signed if not any(one.search(f"{name}: {line}") for one in self.lines)]
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
    return Comparing(given.before, given.after, given.meant).run()


if __name__ == "__main__":
    sys.exit(main())
