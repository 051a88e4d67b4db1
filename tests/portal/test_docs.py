"""The README and the page on the architecture name what is there: every setting, command and app, and nothing that is not."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from embedded.places import PROJECT

README = (PROJECT / "README.md").read_text()
ARCHITECTURE = (PROJECT / "docs" / "architecture.md").read_text()
READS_ENVIRONMENT = re.compile(
    r"""(?:env\.\w+\(|environ\.get\(|environ\[|_number\(environ,\s*)\s*["']([A-Z][A-Z_]+)["']""",
)
NOT_OURS = {"PATH", "PYTHONPATH", "DJANGO_SETTINGS_MODULE"}


def own_apps() -> set[str]:
    return {config.name for config in apps.get_app_configs() if Path(config.path).parent == PROJECT}


def test_readme_names_every_variable_the_portal_reads() -> None:
    sources = [PROJECT / "eabrn_portal" / "settings.py", *PROJECT.glob("embedded/*.py")]
    sources += PROJECT.glob("eabrn_portal/management/commands/*.py")
    read = {name for source in sources for name in READS_ENVIRONMENT.findall(source.read_text())} - NOT_OURS
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", README))
    assert len(read) > 20
    assert read - named == set()


def test_readme_names_every_rule_of_retention_with_its_days() -> None:
    table = README.partition("| rule | days | what happens |")[2].partition("\n\n")[0]
    named = {name: int(days) for name, days in re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", table, re.MULTILINE)}
    assert named == settings.RETENTION_DAYS


def test_readme_names_every_command_of_ours() -> None:
    ours = {name for name, app in get_commands().items() if app in own_apps()}
    assert ours == {"demo", "load_network_data", "prepare", "purge", "read_returned", "send_due"}
    assert {name for name in ours if f"manage.py {name}" not in README} == set()


def test_readme_begins_with_the_two_commands() -> None:
    assert re.search(r"```\nmake run .*\nmake test .*\n```", README[:900])


def test_make_targets_in_the_readme_exist() -> None:
    makefile = (PROJECT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", README)) - targets == set()


def test_architecture_names_every_registry_and_no_other() -> None:
    filled = {
        name for source in PROJECT.glob("*/apps.py") for found in re.findall(r"autodiscover_modules\(([^)]*)\)", source.read_text())
        for name in re.findall(r'"([a-z_]+)"', found)
    }  # fmt: skip
    table = ARCHITECTURE.partition("| file in an app |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `([a-z_]+)\.py`", table, re.MULTILINE)) == filled


def test_architecture_names_every_app_and_no_other() -> None:
    named = set(re.findall(r"^\|[^|]*\|([^|]*)\|", ARCHITECTURE, re.MULTILINE))
    listed = {name for cell in named for name in re.findall(r"`([a-z_]+)`", cell)}
    assert own_apps() == listed & own_apps()
    assert own_apps() | {"eabrn_portal"} >= listed


def test_readme_links_lead_to_files() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert len(links) >= 3
    assert [link for link in links if not (PROJECT / link).exists()] == []
