"""How long `make run` takes until it is ready: once from nothing, then the median of five later starts."""

import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from tests.stack.portal import Portal

STARTS = 5
WANTED = 5.0  # seconds for a second start, about


def seconds(portal: Portal) -> float:
    said = portal.start().ready().said
    portal.stop()
    found = re.search(r"([\d.]+) s  READY", said)
    assert found, said
    return float(found[1])


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="eabrn-bench-"))
    folder.chmod(0o755)
    portal = Portal(folder / "var")
    try:
        first = seconds(portal)
        later = [seconds(portal) for _start in range(STARTS)]
    finally:
        portal.wipe()
        shutil.rmtree(folder)
    print(
        f"first start {first:.1f} s (packages are installed), later starts {statistics.median(later):.1f} s (median of {STARTS})"
    )
    if statistics.median(later) > WANTED:
        print(f"A later start should take about {WANTED:.0f} s.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
