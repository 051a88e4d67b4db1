"""Places where a portal can stand: one that every user can reach and one below a closed directory."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .portal import Portal


def _portal_in(folder: Path) -> Iterator[Portal]:
    portal = Portal(folder / "var")
    yield portal
    if portal.process and portal.process.poll() is None:
        portal.kill(portal.processes())
    portal.wipe()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _none_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that failed half-way must not fail the ones after it."""
    portals = [request.getfixturevalue(name) for name in ("portal", "closed_portal") if name in request.fixturenames]
    yield
    for left in portals:
        if left.process and left.process.poll() is None:
            left.kill(left.processes())


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """Started and stopped again and again: only its first start has much to do."""
    folder = Path(tempfile.mkdtemp(prefix="eabrn-stack-"))
    folder.chmod(0o755)
    yield from _portal_in(folder)


@pytest.fixture
def lend_static_files(portal: Portal) -> Callable[[Path], None]:
    """Copies the first portal's static files to another var/: to compress them takes longer than everything else."""

    def lend(var: Path) -> None:
        if (portal.var / "static.prepared").exists():
            var.mkdir(exist_ok=True)
            shutil.copytree(portal.var / "static", var / "static")
            shutil.copy2(portal.var / "static.prepared", var)

    return lend


@pytest.fixture
def closed_portal() -> Iterator[Portal]:
    """Below a directory that only its owner may enter, with a name no socket address can hold."""
    folder = Path(tempfile.mkdtemp(prefix="eabrn-stack-"))
    (folder / "a clone's place é").mkdir(mode=0o700)
    folder.chmod(0o700)
    yield from _portal_in(folder / "a clone's place é")
    shutil.rmtree(folder, ignore_errors=True)
