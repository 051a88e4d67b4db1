"""The picture of the floors is what the imports of today say, and is read from contracts in any of their forms."""

import re

import pytest

from tools import floors

PYPROJECT = """
[tool.importlinter]
root_packages = ["roof", "left", "right", "ground", "servers"]
[[tool.importlinter.contracts]]
type = "layers"
layers = ["roof", "left | (right)", "ground"]
[[tool.importlinter.contracts]]
type = "layers"
containers = ["left"]
layers = ["pages", "acts : mails", "models"]
[[tool.importlinter.contracts]]
type = "layers"
layers = ["right.pages", "right.models"]
[[tool.importlinter.contracts]]
type = "forbidden"
source_modules = ["roof.machine", "servers"]
forbidden_modules = ["ground"]
[[tool.importlinter.contracts]]
type = "forbidden"
source_modules = ["right.models"]
forbidden_modules = ["right.pages"]
"""


def discs(svg: str) -> list[tuple[str, str]]:
    return re.findall(r"<title>([\w.]+) imports ([\w.]+)</title>", svg)


def test_the_picture_is_what_is_imported_today() -> None:
    assert floors.PICTURE.read_text() == floors.picture(), "make floors"


def test_no_import_leads_upwards_or_to_a_sibling() -> None:
    house = floors.house_of((floors.PROJECT / "pyproject.toml").read_text())
    imports = discs(floors.picture())
    assert len(imports) > 50
    assert [pair for pair in imports if not house.leads_down(*pair)] == []
    assert "no import leads upwards" in floors.picture()


def test_an_import_that_leads_upwards_or_to_a_sibling_is_red() -> None:
    house = floors.house_of(PYPROJECT)
    none = {name: frozenset[str]() for name in house.packages}
    svg = floors.drawn(house, none | {"left": frozenset({"right", "ground"}), "servers": frozenset({"roof"})})
    assert re.findall(r'class="wrong"><title>(.*?)<', svg) == ["left imports right"]
    assert "no import leads upwards" not in svg


def test_house_is_read_from_the_contracts() -> None:
    house = floors.house_of(PYPROJECT)
    assert house.floors == [["roof"], ["left", "right"], ["ground"]]
    assert house.beside == ["servers", "roof.machine"]
    assert house.inside == {"left": [["pages"], ["acts", "mails"], ["models"]], "right": [["pages"], ["models"]]}
    assert house.packages == ["roof", "left", "right", "ground", "servers", "roof.machine"]


def test_a_disc_stands_for_each_import_and_a_line_for_the_packages_within() -> None:
    house = floors.house_of(PYPROJECT)
    imports = {name: frozenset[str]() for name in house.packages} | {"roof": frozenset({"ground", "left"})}
    svg = floors.drawn(house, imports)
    assert discs(svg) == [("roof", "left"), ("roof", "ground")]
    assert "roof imports left, ground. left imports none." in svg
    assert "pages › acts | mails › models" in svg
    assert re.findall(r'class="soft">(roof|floor \d|ground|beside)<', svg) == ["roof", "floor 1", "ground", "beside"]


@pytest.mark.parametrize("scheme", ["--paper: #fffdf9", "@media (prefers-color-scheme: dark)"])
def test_the_picture_is_light_and_dark(scheme: str) -> None:
    assert scheme in floors.PICTURE.read_text()
