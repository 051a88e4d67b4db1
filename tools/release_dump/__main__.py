"""Writes the database of this release, compressed SQL that any Postgres from 15 on reads, to be upgraded in tests for ever:

    python -m tools.release_dump tests/upgrade/release-0.2.0.sql.xz

Made once, when a release is made, from its own checkout; never written anew afterwards. Needs `make setup`.
"""

import argparse
import sys
from pathlib import Path

from tools.page_texts import ground

if __name__ == "__main__":
    ground.same_hashes()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    target = parser.parse_args().file.resolve()
    with ground.database() as server:
        from . import dumping  # Django reads its settings now

        with ground.standing_still() as clock:
            dumping.fill(clock)
        empty = dumping.empty_tables()
        if empty:
            sys.exit(f"These tables hold nothing; tools/release_dump/rest.py fills what is left: {', '.join(empty)}")
        size = dumping.write(server, target)
    print(f"{target}: {size / 1024:.0f} KB")
