"""Finds the browser of the browser tests. `python -m tests.chromium` says at once, before a long run, when it is missing."""

import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "The browser tests need chromium and there is none on this machine. On Debian and Ubuntu: apt-get install chromium. "
    "To leave the browser tests out by name: make test WITHOUT=browser"
)


def path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__" and path() is None:
    sys.exit(MISSING)
