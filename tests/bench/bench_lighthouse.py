"""Lighthouse on a simulated phone: the median of five runs of each kind of public page, on the whole running portal.

Needs node, npm and chromium. `npm install` brings the pinned Lighthouse of tools/lighthouse the first time.

    python -m tests.bench.bench_lighthouse [runs [page ...]]
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from embedded.places import PROJECT
from tests import chromium
from tests.stack.portal import Portal

RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
ALL = ("/", "/reserves/", "/reserves/khuvsgul-lake/", "/map/", "/events/sample-webinar-multi-designated-sites/")
PAGES = tuple(sys.argv[2:]) or ALL
WANTED = {"performance": 95, "accessibility": 100, "best-practices": 96, "seo": 100}
FOLDER = PROJECT / "tools" / "lighthouse"


def installed() -> Path:
    program = FOLDER / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        if shutil.which("npm") is None:
            raise SystemExit("Lighthouse needs node and npm, which are not here. Nothing was measured.")
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--no-save", "--silent"], cwd=FOLDER, check=True)
    return program


def scores(program: Path, browser: str, address: str) -> dict[str, float]:
    flags = "--headless=new --no-sandbox --disable-dev-shm-usage --disable-background-networking"
    argv = [
        program,
        address,
        "--output=json",
        "--quiet",
        f"--chrome-flags={flags}",
        f"--only-categories={','.join(WANTED)}",
    ]
    for _attempt in range(3):  # chromium now and then records no start of a page
        done = subprocess.run(
            argv, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, text=True, timeout=180, check=False
        )
        if done.returncode == 0:
            break
    else:
        raise SystemExit(f"Lighthouse failed at {address}:\n{done.stderr[-2000:]}")
    report = json.loads(done.stdout)
    return {name: 100 * (report["categories"][name]["score"] or 0) for name in WANTED}


def measure(portal: Portal, program: Path, browser: str) -> bool:
    print(f"{'Lighthouse, median of ' + str(RUNS):44}" + "".join(f"{name:>16}" for name in WANTED))
    print(f"  {'at least':42}" + "".join(f"{wanted:16.0f}" for wanted in WANTED.values()))
    enough = True
    for page in PAGES:
        runs = [scores(program, browser, f"http://localhost:{portal.port}{page}") for _run in range(RUNS)]
        median = {name: statistics.median(run[name] for run in runs) for name in WANTED}
        missed = [name for name, wanted in WANTED.items() if median[name] < wanted]
        words = f"  FLOOR MISSED: {', '.join(missed)}" if missed else ""
        print(f"  {page:42}" + "".join(f"{median[name]:16.0f}" for name in WANTED) + words, flush=True)
        enough &= not missed
    return enough


def main() -> int:
    browser = chromium.path()
    if browser is None:
        raise SystemExit(chromium.MISSING)
    program = installed()
    folder = Path(tempfile.mkdtemp(prefix="eabrn-bench-"))
    folder.chmod(0o755)
    portal = Portal(folder / "var").start().ready()
    try:
        enough = measure(portal, program, browser)
    finally:
        portal.stop()
        portal.wipe()
        shutil.rmtree(folder)
    return not enough


if __name__ == "__main__":
    sys.exit(main())
