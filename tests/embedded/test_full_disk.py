"""A disk that is full: said in words, and no end of the portal."""

from pathlib import Path

import pytest

from embedded import supervisor as module
from embedded.children import Child
from embedded.environment import RunSettings
from embedded.errors import Refused
from embedded.places import LEAST_FREE, NEEDED_FREE, Places
from embedded.supervisor import MOST_FAILURES, Supervisor


@pytest.fixture
def supervisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Supervisor:
    monkeypatch.setattr(Supervisor, "_listen", lambda _self: None)
    return Supervisor(RunSettings.read({"EABRN_VAR": str(tmp_path / "var"), "PORT": "8000"}))


def free(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(Places, "free", lambda _self: count)


def test_start_without_room_for_the_database_is_refused_in_one_line(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    free(monkeypatch, NEEDED_FREE - 1)
    with pytest.raises(Refused, match=r"has 299 MB free; the embedded database needs 300 MB"):
        supervisor.run()


def died_again_and_again(supervisor: Supervisor, tmp_path: Path) -> Child:
    child = Child("postgres", ["/bin/false"], log=tmp_path / "postgres.log", env={})
    child.start()
    child.process.wait(60)  # type: ignore[union-attr]
    child.failures = MOST_FAILURES
    return child


def test_program_that_dies_of_a_full_disk_is_started_until_there_is_room(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    free(monkeypatch, LEAST_FREE - 1)
    child = died_again_and_again(supervisor, tmp_path)
    supervisor._revive(child)
    assert "is full" in capsys.readouterr().out
    assert child.restart_at is not None
    monkeypatch.setattr(module.time, "monotonic", lambda: child.restart_at + 1)
    supervisor._revive(child)
    assert child.restart_at is None  # started once more
    child.process.wait(60)  # type: ignore[union-attr]


def test_program_that_dies_of_anything_else_is_given_up(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free(monkeypatch, NEEDED_FREE)
    with pytest.raises(Refused, match="again and again"):
        supervisor._revive(died_again_and_again(supervisor, tmp_path))
