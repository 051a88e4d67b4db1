"""Writes the texts of the portal as it stands into a folder: `python -m tools.page_texts OUTDIR` (README.md)."""

import argparse
import sys
import time
from pathlib import Path

from . import ground

if __name__ == "__main__":
    ground.same_hashes()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shift-keys", action="store_true", help="rows get other keys, to see that none shows")
    parser.add_argument("--only", default="", help="folders to write, with commas; all otherwise")
    given = parser.parse_args()
    given.folder = given.folder.resolve()
    began = time.perf_counter()
    with ground.database():
        from . import run  # Django reads its settings now

        with ground.standing_still() as clock:
            written = run.write(
                given.folder, clock, shift_keys=given.shift_keys, only=given.only.split(",") if given.only else ()
            )
    print(f"{written} texts in {given.folder}, {time.perf_counter() - began:.0f} s")
    sys.exit(0)
