"""All kinds of kills and outages under load: 20 readers, people who register through the form, 500 mails on their way at each
fault. What was promised must be kept; what readers saw, and how long it took until all was well, is told.

    python -m tests.bench.bench_faults [mails of each fault [seconds of an outage]]
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.stack import ordeal
from tests.stack.portal import Portal

MAILS = int(sys.argv[1]) if len(sys.argv) > 1 else 500
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 6


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="eabrn-bench-"))
    folder.chmod(0o755)
    portal = Portal(folder / "var")
    began = time.monotonic()
    try:
        portal.start().ready()
        portal.stop()
        with ordeal.Stand(portal, readers=20, guests=4) as stand:
            seen = ordeal.run(stand, list(ordeal.faults(SECONDS).values()), MAILS)
        portal.stop()
    finally:
        if portal.is_running:
            portal.kill(portal.processes())
        portal.wipe()
        shutil.rmtree(folder, ignore_errors=True)
    print(ordeal.table(seen))
    print(f"outages of {SECONDS:.0f} s, {MAILS} mails at each fault; {time.monotonic() - began:.0f} s here")
    wrong = [one.fault for one in seen if any(one.zeros)]
    noticed = [one.fault for one in seen[1:] if one.errors and not ordeal.faults(SECONDS)[one.fault].readers_may_notice]
    for fault in wrong:
        print(f"A promise was broken: {fault}")
    for fault in noticed:
        print(f"Readers saw errors, and should not: {fault}")
    return 1 if wrong or noticed else 0


if __name__ == "__main__":
    sys.exit(main())
