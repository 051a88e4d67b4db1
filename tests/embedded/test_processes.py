import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from embedded import processes
from embedded.children import LOG_LIMIT, LOGS_KEPT, Child, open_log, rotate
from tests.waiting import HANGING, wait_for

NAP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]
# Starts another program in a session of its own, as daemons do, and waits.
PARENT = [sys.executable, "-c", f"import subprocess; subprocess.Popen({NAP!r}, start_new_session=True).wait()"]
Napping = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def napping() -> Iterator[Napping]:
    started: list[subprocess.Popen[bytes]] = []

    def start(argv: list[str] = NAP, **env: str) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen(argv, env={"PATH": os.defpath, **env}))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_zombie_is_not_alive(napping: Napping) -> None:
    process = napping()
    assert processes.alive(process.pid)
    process.kill()
    wait_for("death", lambda: not processes.alive(process.pid))
    os.kill(process.pid, 0)  # the kernel still answers for it


def test_identity_differs_for_a_number_used_again(napping: Napping) -> None:
    pid, started = processes.identity(napping().pid).split(".")
    assert int(pid) > 1
    assert int(started) > 0
    assert processes.identity(4_194_303) == "4194303.0"


@pytest.mark.parametrize(
    ("supervisor", "var", "found"),
    [
        ("4194303.17", "ours", True),
        ("4194303.17", "another", False),
        ("alive", "ours", False),
        ("alive but the number was used again", "ours", True),
        ("", "ours", False),
    ],
)
def test_leftovers_are_those_of_a_dead_supervisor_of_this_place(
    napping: Napping, tmp_path: Path, supervisor: str, var: str, found: bool
) -> None:
    living = processes.identity(napping().pid)
    tag = {"alive": living, "alive but the number was used again": living + "1"}.get(supervisor, supervisor)
    process = napping(EABRN_VAR=str(tmp_path / var), **{processes.SUPERVISOR: tag})
    assert processes.leftovers(tmp_path / "ours") == ([process.pid] if found else [])


def test_leftovers_are_found_in_any_session(napping: Napping, tmp_path: Path) -> None:
    process = napping(PARENT, EABRN_VAR=str(tmp_path), **{processes.SUPERVISOR: "4194303.17"})
    wait_for("the grandchild", lambda: len(processes.leftovers(tmp_path)) == 2)
    processes.end(processes.leftovers(tmp_path))
    assert processes.leftovers(tmp_path) == []
    assert process.wait(HANGING) == -signal.SIGTERM


def test_end_kills_what_does_not_listen(tmp_path: Path) -> None:
    child = Child("deaf", DEAF, log=tmp_path / "deaf.log", env={})
    child.start()
    wait_for("deafness", lambda: "deaf" in child.last_words())
    processes.end([child.process.pid], grace=0.2)
    assert child.process.wait(HANGING) == -signal.SIGKILL


def test_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    child = Child("deaf", DEAF, log=tmp_path / "deaf.log", env={}, grace=0.2)
    child.start()
    wait_for("deafness", lambda: "deaf" in child.last_words())
    child.stop()
    assert child.how_it_ended == "ended by SIGKILL"


def test_child_writes_to_its_log_and_says_how_it_ended(tmp_path: Path) -> None:
    child = Child(
        "talker",
        [sys.executable, "-c", "print('one'); print('two'); raise SystemExit(3)"],
        log=tmp_path / "t.log",
        env={},
    )
    child.start()
    child.process.wait(HANGING)
    assert not child.running
    assert child.how_it_ended == "ended with code 3"
    assert child.last_words(1) == "    two"


def test_child_lives_in_a_session_of_its_own(tmp_path: Path) -> None:
    child = Child("nap", NAP, log=tmp_path / "nap.log", env={})
    child.start()
    assert os.getsid(child.process.pid) == child.process.pid
    child.stop()


def test_log_steps_aside_while_it_is_written(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    with open_log(log) as opened:
        for round_ in range(LOGS_KEPT + 2):
            opened.write(str(round_).encode() * (LOG_LIMIT + 1))
            opened.flush()
            rotate(log)
        opened.write(b"new\n")
    assert log.read_bytes() == b"new\n"
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["web.log", *(f"web.log.{number}" for number in range(1, LOGS_KEPT + 1))]
    assert (tmp_path / "web.log.1").read_bytes()[:1] == b"6"
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_small_log_stays(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    with open_log(log) as opened:
        opened.write(b"few\n")
    rotate(log)
    assert [path.name for path in tmp_path.iterdir()] == ["web.log"]
