"""What an administrator takes from deploy/: units, proxies, the image, the alerts. Checked by the programs that will read them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.portal.test_docs import OURS

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
PROJECT = DEPLOY.parent
UNITS = sorted((DEPLOY / "systemd").iterdir())


def needs(program: str) -> str:
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"], "/usr/sbin"])
    found = shutil.which(program, path=places)
    if found is None:
        pytest.skip(f"{program} is not on this machine")
    return found


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units as on a server where the portal stands: their programs exist."""
    folder = tmp_path_factory.mktemp("units")
    python = folder / "python"
    python.write_text("#!/bin/sh\n")
    python.chmod(0o755)
    for unit in UNITS:
        text = unit.read_text().replace("/srv/eabrn/portal/.venv/bin/python", str(python))
        (folder / unit.name).write_text(text)
    return folder


def test_systemd_finds_nothing_to_say_about_the_units(standing: Path) -> None:
    """An unknown key is only a line on stderr, so that has to be empty."""
    program = needs("systemd-analyze")
    units = [standing / unit.name for unit in UNITS]
    done = subprocess.run([program, "verify", *units], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "eabrn" in line and "Unit not found" not in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name)
def test_units_are_shut_in(unit: Path) -> None:
    program = needs("systemd-analyze")
    done = subprocess.run(
        [program, "security", "--offline=true", "--no-pager", unit], capture_output=True, text=True, check=False
    )
    found = re.search(r"Overall exposure level .*: ([\d.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    assert float(found[1]) < 3


def test_units_and_image_start_what_exists() -> None:
    """Every module and command that is started is one of the portal."""
    texts = [unit.read_text() for unit in UNITS]
    texts += [(DEPLOY / "container" / name).read_text() for name in ("Containerfile", "compose.yaml")]
    started = [found for text in texts for found in re.findall(r"manage\.py[\", ]+(\w+)", text)]
    assert {"upgrade", "backup"} <= set(started) <= OURS
    assert all(
        "eabrn_portal.web_server" in text for text in (texts[-2], (DEPLOY / "systemd/eabrn-web.service").read_text())
    )


def test_every_variable_of_the_example_is_a_setting() -> None:
    named = set(re.findall(r"^([A-Z_0-9]+)=", (DEPLOY / "portal.env.example").read_text(), re.MULTILINE))
    known = set(re.findall(r"^\| `([A-Z_0-9]+)`", (PROJECT / "docs" / "settings.md").read_text(), re.MULTILINE))
    assert named - known == set()


def test_compose_names_what_exists() -> None:
    compose = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text())
    services = compose["services"]
    assert {"upgrade", "web", "worker", "beat", "postgres", "redis", "cache", "proxy"} == set(services)
    known = set(re.findall(r"^\| `([A-Z_0-9]+)`", (PROJECT / "docs" / "settings.md").read_text(), re.MULTILINE))
    for name, service in services.items():
        depends = service.get("depends_on", [])
        assert set(depends) <= set(services), name
        for other, condition in depends.items() if isinstance(depends, dict) else ():
            if condition["condition"] == "service_healthy":
                assert "test" in services[other]["healthcheck"], (name, other)
        if service.get("image") == "eabrn-portal":
            assert set(service["environment"]) <= known
            assert service["read_only"] is True
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            ours = source in compose["volumes"] or source == "./certificates"
            assert ours or (DEPLOY / "container" / source).exists(), volume


def test_both_nginx_files_are_the_same_but_for_the_upstream() -> None:
    def lines(path: Path) -> set[str]:
        return {line.strip() for line in path.read_text().splitlines() if not line.startswith("#")}

    differing = lines(DEPLOY / "nginx" / "portal.conf") ^ lines(DEPLOY / "container" / "nginx.conf")
    assert differing == {"server unix:/run/eabrn/web.sock;", "server web:8000;"}


def test_alerts_are_read_and_fire_when_they_should() -> None:
    program = needs("promtool")
    rules = DEPLOY / "prometheus"
    for command in (["check", "rules", "rules.yml"], ["test", "rules", "rules_test.yml"]):
        done = subprocess.run([program, *command], cwd=rules, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_figure_of_the_alerts_is_given() -> None:
    named = set(re.findall(r"\bportal_\w+", (DEPLOY / "prometheus" / "rules.yml").read_text()))
    given = (PROJECT / "eabrn_portal" / "monitoring" / "metrics.py").read_text()
    for name in named:
        assert re.sub(r"_(total|bucket)$", "", name) in given, name


def test_caddy_has_nothing_to_say_about_its_file() -> None:
    program = needs("caddy")
    for command in (["adapt", "--config"], ["fmt", "--diff"]):
        done = subprocess.run(
            [program, *command, DEPLOY / "caddy" / "Caddyfile"], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert re.findall(r"^[-+] .*", done.stdout, re.MULTILINE) == []


def test_words_of_the_interface_are_compiled_where_the_code_cannot_be_written(tmp_path: Path) -> None:
    """In the image while it is built, under systemd in the one folder that stays open: else everything would be in English."""
    containerfile = (DEPLOY / "container" / "Containerfile").read_text()
    [command] = re.findall(r"^RUN \.venv/bin/python (-m eabrn_portal\.\w+) locale$", containerfile, re.MULTILINE)
    shutil.copytree(PROJECT / "locale", tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    subprocess.run([sys.executable, *command.split(), tmp_path / "locale"], cwd=PROJECT, check=True)
    sources = sorted((tmp_path / "locale").rglob("*.po"))
    assert len(sources) > 1
    assert [source for source in sources if not source.with_suffix(".mo").exists()] == []
    for unit in ("web", "worker", "beat"):
        assert (
            "ReadWritePaths=-/srv/eabrn/portal/locale\n" in (DEPLOY / "systemd" / f"eabrn-{unit}.service").read_text()
        )


def test_nothing_that_ran_here_gets_into_the_image() -> None:
    """The key of this portal, its mails and its accounts lie in var/; what git does not keep, the image does not either."""
    out = set((PROJECT / ".dockerignore").read_text().split())
    assert {"var", ".venv", ".git", "tests"} <= out
    for line in (PROJECT / ".gitignore").read_text().split():
        name = line.rstrip("/")
        assert {name, f"**/{name}", ".*_cache" if name.endswith("_cache") else name} & out, name


def test_containerfile_has_nothing_to_be_said_against_it() -> None:
    program = needs("hadolint")
    done = subprocess.run(
        # The versions of Debian's packages are those of the base image: DL3008 would ask for each of them by number.
        [program, "--ignore", "DL3008", DEPLOY / "container" / "Containerfile"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout + done.stderr == ""
