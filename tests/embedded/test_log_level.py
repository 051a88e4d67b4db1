"""Worker and beat say as much as `LOG_LEVEL` asks for."""

import socket
from pathlib import Path

import pytest

from embedded.environment import RunSettings
from embedded.supervisor import Supervisor


@pytest.mark.parametrize(
    ("given", "level"), [({}, "warning"), ({"LOG_LEVEL": "INFO"}, "info"), ({"LOG_LEVEL": "ERROR"}, "error")]
)
def test_worker_and_beat_log_at_the_level_asked_for(tmp_path: Path, given: dict[str, str], level: str) -> None:
    supervisor = Supervisor(RunSettings.read({"EABRN_VAR": str(tmp_path)}))
    supervisor.env = given
    with socket.create_server(("127.0.0.1", 0)) as supervisor.listening:
        programs = supervisor._programs()
    levels = {child.name: child.argv[child.argv.index("-l") + 1] for child in programs if "-l" in child.argv}
    assert levels == {"worker": level, "beat": level}
