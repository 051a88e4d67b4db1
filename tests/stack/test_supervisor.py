"""The whole portal started, stopped, killed and started again, for real."""

import fcntl
import os
import pty
import shutil
import signal
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from embedded import processes
from tests.waiting import wait_for

from .portal import FirstStart, Portal, Writer, heed_hangups

pytestmark = pytest.mark.stack

# Each program, and how a part of its command line ends, and of no other's.
MARKS = {
    "web": b"eabrn_portal.web_server",
    "worker": b"worker",
    "beat": b"beat",
    "redis": b"redis.sock",
    "cache": b"cache.sock",
    "postgres": b"listen_addresses=",
}


def test_first_start_serves_pages_and_stops_in_reverse_order(first_start: FirstStart) -> None:
    assert first_start.answers == {"/healthz": 200, "/": 200, "/reserves/": 200}
    assert first_start.modes == {"demo-accounts.txt": 0, "secret-key": 0}
    assert first_start.code == 0
    assert first_start.stopped == ["web", "beat", "worker", "cache", "redis", "postgres"]
    assert first_start.gone


def test_second_start_repeats_nothing(portal: Portal) -> None:
    portal.start().ready()
    assert "up to date" in portal.said
    assert "static files collected" not in portal.said
    assert portal.stop() == 0


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGHUP])
def test_signal_stops_everything(portal: Portal, sign: signal.Signals) -> None:
    portal.start().ready()
    assert portal.stop(sign) == 0
    assert portal.gone()


def test_ctrl_c_at_the_terminal_stops_everything(portal: Portal) -> None:
    keyboard, terminal = pty.openpty()

    def take_terminal() -> None:
        heed_hangups()
        os.setsid()
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)

    portal.start(preexec_fn=take_terminal, start_new_session=False, pass_fds=[terminal]).ready()
    os.write(keyboard, b"\x03")
    assert portal.ended() == 0
    assert set(portal.stopped()) == set(MARKS)
    assert portal.gone()
    os.close(keyboard)
    os.close(terminal)


@pytest.mark.parametrize("moment", ["database ready", "cache and queue ready", "up to date"])
def test_stop_while_starting_leaves_nothing(portal: Portal, moment: str) -> None:
    portal.start().says(moment)
    was_ready = "READY" in portal.said  # on a busy machine it may be before we are
    assert portal.stop() == 0
    assert was_ready or "READY" not in portal.said
    assert portal.gone()


def test_make_passes_a_stop_on(portal: Portal) -> None:
    portal.start(["make", "--no-print-directory", "run"]).ready()
    portal.stop()
    assert set(portal.stopped()) == set(MARKS)
    assert portal.gone()


def test_killed_supervisor_takes_its_children_with_it(portal: Portal) -> None:
    portal.start().ready()
    writer = Writer(portal)
    writer.start()
    writer.has_written(200)
    portal.kill([portal.process.pid])
    assert portal.gone()
    confirmed = writer.finish()
    portal.start().ready()
    assert portal.sql("SELECT count(*) FROM kept")[0][0] in {
        confirmed,
        confirmed + 1,
    }  # the last may be written, not yet told
    assert portal.stop() == 0


def test_start_at_once_after_the_supervisor_was_killed(portal: Portal) -> None:
    portal.start().ready()
    portal.kill([portal.process.pid])
    portal.start().ready()
    assert portal.get("/healthz") == 200
    assert portal.stop() == 0
    assert portal.gone()


def test_no_row_is_lost_when_everything_is_killed(portal: Portal) -> None:
    portal.start().ready()
    writer = Writer(portal)
    writer.start()
    writer.has_written(200)
    portal.kill([portal.process.pid, *portal.processes()])
    confirmed = writer.finish()
    portal.start().ready()
    assert portal.sql("SELECT count(*) FROM kept")[0][0] in {confirmed, confirmed + 1}
    assert portal.stop() == 0


def test_orphans_of_killed_programs_are_cleared(portal: Portal) -> None:
    """The supervisor and its own children die; the children's children, which nobody told, are cleared by the next start."""
    portal.start().ready()
    direct = portal.children()
    grandchildren = set(portal.processes()) - set(direct) - {portal.process.pid}
    assert len(direct) == len(MARKS)
    portal.kill([portal.process.pid, *direct])
    portal.start().ready()
    assert not grandchildren & set(portal.processes())
    assert portal.get("/healthz") == 200
    assert portal.stop() == 0


def marked(portal: Portal, mark: bytes) -> list[int]:
    return [pid for pid in portal.children() if any(part.endswith(mark) for part in processes.command_line(pid))]


def test_dead_programs_are_started_again(portal: Portal) -> None:
    portal.start().ready()
    for name, mark in MARKS.items():
        # A program that was just started still has the command line of the supervisor.
        wait_for(name, lambda mark=mark: len(marked(portal, mark)) == 1)
        os.kill(marked(portal, mark)[0], signal.SIGKILL)
        portal.says(f"{name} ended by SIGKILL; it starts again")
        wait_for(f"a new {name}", lambda: len(portal.children()) == len(MARKS))
        wait_for("an answer", portal.answers)
    assert portal.stop() == 0
    assert portal.gone()


def test_second_portal_in_the_same_place_is_refused(portal: Portal) -> None:
    portal.start().ready()
    second = portal.refused()
    assert (second.returncode, second.stdout) == (1, "")
    assert (
        second.stderr
        == f"The portal already runs here (http://localhost:{portal.port}, process {portal.process.pid}). Stop that one first.\n"
    )
    assert portal.stop() == 0


def test_port_in_use_is_one_clear_line(portal: Portal, tmp_path: Path) -> None:
    portal.start().ready()
    second = portal.refused(EABRN_VAR=str(tmp_path / "var"))
    assert (second.returncode, second.stdout) == (1, "")
    assert (
        second.stderr
        == f"Port {portal.port} is in use by another program. Choose another: PORT={portal.port + 1} make run\n"
    )
    assert portal.stop() == 0


def test_new_clone_at_an_old_path_starts_empty(
    closed_portal: Portal, lend_static_files: Callable[[Path], None]
) -> None:
    """Also: a first start that was stopped half-way is taken up again."""
    portal = closed_portal
    lend_static_files(portal.var)
    portal.start().says("cache and queue ready")
    assert portal.stop() == 0
    portal.start().ready()
    portal.sql("CREATE TABLE of_the_old_clone (n integer)")
    shelter = portal.data.parent
    portal.kill([portal.process.pid, *portal.processes()])
    assert portal.gone()
    shutil.rmtree(portal.var)
    lend_static_files(portal.var)
    portal.start().ready()
    assert portal.sql("SELECT to_regclass('of_the_old_clone')") == [(None,)]
    assert "tables up to date" in portal.said
    assert portal.stop() == 0
    if shelter.name.startswith("eabrn-"):
        shutil.rmtree(shelter)
