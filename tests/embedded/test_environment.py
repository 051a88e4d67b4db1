import subprocess
import sys
from pathlib import Path

import pytest

from embedded.environment import RunSettings
from embedded.errors import Refused
from embedded.places import PROJECT, Places
from tests.waiting import HANGING


def children_of(tmp_path: Path, **environ: str) -> dict[str, str]:
    run_settings = RunSettings.read({"EABRN_VAR": str(tmp_path / "var"), **environ})
    places = Places(run_settings.var)
    places.make()
    return run_settings.for_children(
        places, database_url="postgres://portal@/portal?host=/x", redis_url="unix:///x/redis.sock"
    )


def test_defaults_serve_this_machine_only() -> None:
    run_settings = RunSettings.read({})
    assert (run_settings.host, run_settings.port, run_settings.var) == ("127.0.0.1", 8000, PROJECT / "var")
    assert (run_settings.address, run_settings.local, run_settings.host_header) == (
        "http://localhost:8000",
        True,
        "localhost:8000",
    )


def test_local_portal_on_embedded_servers(tmp_path: Path) -> None:
    env = children_of(tmp_path, PORT="8123", EABRN_STAFF_MFA="optional")
    assert (env["EABRN_EMBEDDED"], env["EABRN_LOCAL"], env["PORT"]) == ("1", "1", "8123")
    assert (env["DATABASE_URL"], env["REDIS_URL"]) == ("postgres://portal@/portal?host=/x", "unix:///x/redis.sock")
    assert env["SECRET_KEY"] == (tmp_path / "var" / "secret-key").read_text().strip()
    assert (env["EABRN_VAR"], env["EABRN_STAFF_MFA"]) == (str(tmp_path / "var"), "optional")


def test_given_database_is_not_the_embedded_one(tmp_path: Path) -> None:
    env = children_of(tmp_path, DATABASE_URL="postgres://db.example/eabrn")
    assert "EABRN_EMBEDDED" not in env
    assert env["EABRN_LOCAL"] == "1"


def test_public_portal_is_not_local(tmp_path: Path) -> None:
    env = children_of(tmp_path, SITE_URL="https://portal.example/", TRUSTED_PROXY_COUNT="1", SECRET_KEY="given")
    assert "EABRN_LOCAL" not in env
    assert (env["SECRET_KEY"], env["SITE_URL"]) == ("given", "https://portal.example/")
    assert not (tmp_path / "var" / "secret-key").exists()


def test_loosening_switches_are_not_taken_over_from_outside(tmp_path: Path) -> None:
    switches = {"EABRN_EMBEDDED": "1", "EABRN_LOCAL": "1", "EABRN_TESTING": "1"}
    env = children_of(
        tmp_path,
        SITE_URL="https://portal.example",
        TRUSTED_PROXY_COUNT="1",
        SECRET_KEY="x",
        DATABASE_URL="postgres://x/y",
        **switches,
    )
    assert not switches.keys() & env.keys()


def test_empty_variables_count_as_not_given(tmp_path: Path) -> None:
    env = children_of(tmp_path, SITE_URL="", DATABASE_URL="", SECRET_KEY="", PORT="", HOST="", EABRN_WEB_WORKERS="")
    assert (env["EABRN_EMBEDDED"], env["EABRN_LOCAL"], env["PORT"]) == ("1", "1", "8000")
    assert "SITE_URL" not in env
    assert len(env["SECRET_KEY"]) >= 80


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.0", "8000 8001"])
def test_port_that_is_none_is_said(port: str) -> None:
    with pytest.raises(Refused) as refused:
        RunSettings.read({"PORT": port})
    assert str(refused.value) == f"PORT={port} is not a number from 1 to 65535."


@pytest.mark.parametrize(
    ("allowed", "header"),
    [
        ("", "portal.example"),
        ("one.example,two.example", "one.example"),
        ("*", "portal.example"),
        (".example, www.example", "www.example"),
    ],
)
def test_host_header_is_one_the_portal_answers_to(allowed: str, header: str) -> None:
    run_settings = RunSettings.read(
        {"SITE_URL": "https://portal.example", "TRUSTED_PROXY_COUNT": "1", "SECRET_KEY": "x", "ALLOWED_HOSTS": allowed}
    )
    assert run_settings.host_header == header


def run(tmp_path: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "embedded", "run"]
    env = {"PATH": "/usr/bin:/bin", "EABRN_VAR": str(tmp_path / "var"), **environ}
    return subprocess.run(argv, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=HANGING, check=False)


def test_public_portal_without_secret_key_is_refused_in_one_line(tmp_path: Path) -> None:
    done = run(tmp_path, SITE_URL="https://portal.example")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("SITE_URL is set, so this is a public portal, but SECRET_KEY is not.")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("count", ["", "0"])
def test_https_without_a_trusted_proxy_is_refused_in_one_line(count: str) -> None:
    with pytest.raises(Refused, match=r"^SITE_URL begins with https.*TRUSTED_PROXY_COUNT=1.*\.$"):
        RunSettings.read({"SITE_URL": "https://portal.example", "SECRET_KEY": "x", "TRUSTED_PROXY_COUNT": count})


def test_connections_are_known_before_the_start() -> None:
    assert RunSettings.read({"EABRN_WEB_WORKERS": "3", "EABRN_TASK_WORKERS": "5"}).connections == 3 * 8 + 5 + 5
