"""README and docs/ name what is there: every setting, command, app and path, and nothing that is not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from embedded.places import PROJECT
from tools.floors import house_of

DOCS = PROJECT / "docs"
PAGES = [PROJECT / "README.md", *sorted(DOCS.glob("*.md"))]
README = (PROJECT / "README.md").read_text()
ARCHITECTURE = (DOCS / "architecture.md").read_text()
OPERATING = (DOCS / "operating.md").read_text()
SETTINGS = (DOCS / "settings.md").read_text()
WHERE = (DOCS / "where-is-what.md").read_text()
READS_ENVIRONMENT = re.compile(
    r"""(?:env\.\w+\(|environ\.get\(|environ\[|_number\(environ,\s*)\s*["']([A-Z][A-Z_]+)["']""",
)
WITH_NUMBER = re.compile(r"""(?:env\.int\(|_number\(environ, )["']([A-Z][A-Z_]+)["'], (\d+)[,)]""")
NOT_OURS = {"PATH", "PYTHONPATH", "DJANGO_SETTINGS_MODULE"}
SOURCES = [
    PROJECT / "eabrn_portal" / "settings.py",
    *PROJECT.glob("embedded/*.py"),
    *PROJECT.glob("eabrn_portal/management/commands/*.py"),
]


def own_apps() -> set[str]:
    return {config.name for config in apps.get_app_configs() if Path(config.path).parent == PROJECT}


def rows(page: str, heading: str) -> Iterator[list[str]]:
    """The cells of each row of all tables of a page with this first heading."""
    for table in re.findall(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n)+)", page, re.MULTILINE):
        yield from ([cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in table.splitlines())


def variables() -> dict[str, str]:
    """What docs/settings.md says: the default of each variable."""
    return {
        name: default
        for (named, default, _meaning) in rows(SETTINGS, "variable")
        for name in re.findall(r"`([A-Z_]+)`", named)
    }


def test_every_variable_the_portal_reads_is_told_and_no_other() -> None:
    read = {name for source in SOURCES for name in READS_ENVIRONMENT.findall(source.read_text())} - NOT_OURS
    assert len(read) > 20
    assert set(variables()) == read


def test_defaults_that_are_numbers_are_told_as_they_are() -> None:
    numbers = {name: number for source in SOURCES for name, number in WITH_NUMBER.findall(source.read_text())}
    assert len(numbers) > 12
    assert {name: variables()[name] for name in numbers} == numbers


def test_what_the_settings_file_decides_is_told_as_it_is() -> None:
    told = {name.strip("`"): value.strip("`").replace("'", '"') for name, value, _meaning in rows(SETTINGS, "setting")}
    assert len(told) >= 6
    assert told == {name: repr(getattr(settings, name)).replace("'", '"') for name in told}


def test_every_rule_of_retention_is_told_with_its_days() -> None:
    named = {name.strip("`"): int(days) for name, days, _meaning in rows(OPERATING, "rule")}
    assert named == settings.RETENTION_DAYS


OURS = {
    "backup",
    "demo",
    "invite_administrator",
    "load_network_data",
    "outbox",
    "purge",
    "read_returned",
    "restore",
    "send_due",
    "upgrade",
}


def test_every_command_of_ours_is_told_and_no_other() -> None:
    ours = {name for name, app in get_commands().items() if app in own_apps()}
    assert ours == OURS
    assert {re.match(r"`manage\.py (\w+)", command)[1] for command, _does in rows(OPERATING, "command")} == ours  # type: ignore[index]


def test_readme_begins_with_the_two_commands() -> None:
    assert re.search(r"```\nmake run .*\nmake test .*\n```", README[:900])


def test_readme_is_read_in_one_go() -> None:
    assert len(README.splitlines()) <= 130


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_that_are_told_exist(page: Path) -> None:
    makefile = (PROJECT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(), re.MULTILINE)) - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_readme_leads_on_to_every_page() -> None:
    assert [page.name for page in DOCS.glob("*.md") if f"](docs/{page.name})" not in README] == []


def test_anchors_between_pages_exist() -> None:
    def anchors(page: Path) -> set[str]:
        headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
        return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}

    linked = [(page, *link) for page in PAGES for link in re.findall(r"\]\(([^)#]*)#([^)]+)\)", page.read_text())]
    assert len(linked) >= 2
    assert [link for page, link, anchor in linked if anchor not in anchors(page.parent / link if link else page)] == []


def test_architecture_names_every_registry_and_no_other() -> None:
    filled = {
        name for source in PROJECT.glob("*/apps.py") for found in re.findall(r"autodiscover_modules\(([^)]*)\)", source.read_text())
        for name in re.findall(r'"([a-z_]+)"', found)
    }  # fmt: skip
    named = {
        name for file, *_rest in rows(ARCHITECTURE, "file in an app") for name in re.findall(r"`([a-z_]+)\.py`", file)
    }
    assert named == filled


def test_architecture_has_the_floors_that_import_linter_holds() -> None:
    listed = [re.findall(r"`([a-z_]+)`", named) for _floor, named, _knows in rows(ARCHITECTURE, "floor")]
    assert listed == house_of((PROJECT / "pyproject.toml").read_text()).floors


def test_architecture_names_every_app_and_no_other() -> None:
    listed = {
        name for _floor, named, _knows in rows(ARCHITECTURE, "floor") for name in re.findall(r"`([a-z_]+)`", named)
    }
    assert listed == own_apps() | {"eabrn_portal", "typed_records"}  # two floors that are no app of Django's


def questions() -> list[list[str]]:
    return list(rows(WHERE, "I want to change"))


def test_where_is_what_answers_enough_questions() -> None:
    assert len(questions()) >= 20
    assert [
        question for question, *paths in questions() if not re.search(r"`[\w./-]+/[\w./-]*`", " ".join(paths))
    ] == []


def test_every_path_of_where_is_what_exists() -> None:
    paths = re.findall(r"`((?:[\w-]+/)+[\w.-]*)`", WHERE)
    assert len(paths) > 40
    assert [path for path in paths if not (PROJECT / path).exists()] == []


def test_names_of_the_glossary_exist_in_the_code() -> None:
    glossary = (DOCS / "glossary.md").read_text()
    ours = [path for app in own_apps() for path in (PROJECT / app).rglob("*.py") if "migrations" not in path.parts]
    words = set(re.findall(r"\w+", "\n".join(path.read_text() for path in ours)))
    names = [name for _word, _is, code in rows(glossary, "word") for name in re.findall(r"`([^`]+)`", code)]
    assert len(names) > 60
    assert [name for name in names if not set(name.split(".")) <= words] == []
