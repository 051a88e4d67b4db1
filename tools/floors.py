"""Draws docs/floors.svg: which floor each package of the house is on, and what it imports (`python -m tools.floors`).

The floors are those of import-linter's contracts in pyproject.toml, the imports are read from the code by grimp, with which
import-linter reads them too. So the picture cannot say anything else than the code: a test compares the two, and a package
that is added, renamed or moved to another floor appears by itself. It shows packages, never files: it changes only when the
house does.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from textwrap import wrap
from xml.sax.saxutils import escape

import grimp

PROJECT = Path(__file__).resolve().parents[1]
PICTURE = PROJECT / "docs" / "floors.svg"

Floors = list[list[str]]
Imports = Mapping[str, frozenset[str]]

# All in pixels of the picture. Text is set by the reader's own fonts: widths leave room.
LABEL, COLUMN, FLOOR_NAME, MARGIN = 330, 26, 64, 16
ROW, LINE, GAP = 30, 14, 6
SIGNS_IN_A_LINE = 50

STYLE = """
  svg { --paper: #fffdf9; --band: #f2eddf; --ink: #16292f; --soft: #4b5a5b; --line: #dcd4c2; --disc: #005f86; color: var(--ink) }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #10191d; --band: #1b282e; --ink: #eef1ee; --soft: #a9b8b8; --line: #35454c; --disc: #7cc4e8 }
  }
  text { font: 13px system-ui, sans-serif; fill: var(--ink) }
  .app { font-weight: 600 }
  .soft { fill: var(--soft) } .inside { font-size: 10.5px; fill: var(--soft) }
  .paper { fill: var(--paper) } .band { fill: var(--band) } .disc { fill: var(--disc) } .self { fill: var(--line) }
  .wrong { fill: #c0392b }
  .rule { stroke: var(--line) }
"""


@dataclass(frozen=True, kw_only=True)
class House:
    """The floors from the roof down, what stands beside them, and the packages inside each app."""

    floors: Floors
    beside: list[str]
    inside: Mapping[str, Floors]

    @property
    def packages(self) -> list[str]:
        return [*chain.from_iterable(self.floors), *self.beside]

    def leads_down(self, one: str, other: str) -> bool:
        """Whether the second stands on a lower floor than the first. What stands beside the house has no floor."""
        floor = {name: place for place, names in enumerate(self.floors) for name in names}
        return one not in floor or other not in floor or floor[one] < floor[other]


def _layers(contract: Mapping[str, list[str]]) -> Floors:
    """A contract's layers: siblings are parted by `|` or `:`, and may stand in brackets when they need not be there."""
    return [[name.strip(" ()") for name in re.split(r"[|:]", layer)] for layer in contract["layers"]]


def house_of(pyproject: str) -> House:
    settings = tomllib.loads(pyproject)["tool"]["importlinter"]
    roots, contracts = settings["root_packages"], settings["contracts"]
    floors: Floors = []
    inside: dict[str, Floors] = {}
    for contract in (contract for contract in contracts if contract["type"] == "layers"):
        layers = _layers(contract)
        if containers := contract.get("containers"):
            inside |= dict.fromkeys(containers, layers)
        elif set(chain.from_iterable(layers)) <= set(roots):
            floors = layers
        else:  # written with whole names: events.admin, events.registration
            app = layers[0][0].partition(".")[0]
            inside[app] = [[name.removeprefix(f"{app}.") for name in layer] for layer in layers]
    placed = set(chain.from_iterable(floors))
    apart = [name for contract in contracts if contract["type"] == "forbidden" for name in contract["source_modules"]]
    beside = [name for name in dict.fromkeys([*roots, *apart]) if name not in placed]
    # A forbidden import within an app is a rule of that app, not a house of its own.
    beside = [name for name in beside if name in roots or name.partition(".")[0] not in inside]
    return House(floors=floors, beside=beside, inside=inside)


def imports_of(house: House) -> Imports:
    """For each package those of the others that its modules import, read from the code."""
    names = house.packages
    by_length = sorted(names, key=len, reverse=True)

    def package(module: str) -> str:
        return next(name for name in by_length if f"{module}.".startswith(f"{name}."))

    if str(PROJECT) not in sys.path:
        sys.path.insert(0, str(PROJECT))
    graph = grimp.build_graph(*{name.partition(".")[0] for name in names}, cache_dir=None)
    pairs = {
        (package(module), package(imported))
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
    }
    return {name: frozenset(other for one, other in pairs if one == name != other) for name in names}


def _text(x: float, y: float, words: str, css: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{css}"{more}>{escape(words)}</text>'


def _inside(layers: Floors) -> list[str]:
    """The packages within an app, the highest first, in lines that fit beside the name."""
    return wrap(" › ".join(" | ".join(layer) for layer in layers), SIGNS_IN_A_LINE)


def _floor_names(house: House) -> Iterable[tuple[str, list[str]]]:
    last = len(house.floors) - 1
    for place, apps in enumerate(house.floors):
        yield "roof" if place == 0 else "ground" if place == last else f"floor {last - place}", apps
    if house.beside:
        yield "beside", house.beside


def _row(
    name: str, top: float, middles: Mapping[str, float], house: House, imports: Imports
) -> tuple[list[str], float]:
    """One package: its name, its packages, and a disc in the column of each other that it imports."""
    lines = _inside(house.inside.get(name, []))
    height = ROW + LINE * len(lines)
    left, middle = MARGIN + FLOOR_NAME, top + ROW / 2
    drawn = [_text(left, middle + 4, name, "app")]
    drawn += [_text(left, middle + 4 + LINE * place, line, "inside") for place, line in enumerate(lines, start=1)]
    drawn.append(f'<circle cx="{middles[name]:g}" cy="{middle:g}" r="3" class="self"/>')
    for other in (other for other in house.packages if other in imports[name]):
        css = "disc" if house.leads_down(name, other) else "wrong"
        drawn.append(
            f'<circle cx="{middles[other]:g}" cy="{middle:g}" r="7" class="{css}"><title>{name} imports {other}</title></circle>'
        )
    return drawn, height


def drawn(house: House, imports: Imports) -> str:
    """The picture as SVG: a row and a column for each package, both from the roof down; light and dark as the reader has it."""
    first = MARGIN + FLOOR_NAME + LABEL
    middles = {name: first + COLUMN * (place + 0.5) for place, name in enumerate(house.packages)}
    head = max(len(name) for name in house.packages) * 7 + 2 * MARGIN
    width, top = first + COLUMN * len(middles) + MARGIN, float(head)
    heads, bands, rows = [], [], []
    for name, middle in middles.items():
        heads.append(_text(middle + 4, head - 8, name, "soft", f' transform="rotate(-90 {middle + 4:g} {head - 8:g})"'))
    for place, (floor, apps) in enumerate(_floor_names(house)):
        start = top
        rows.append(_text(MARGIN, top + ROW / 2 + 4, floor, "soft"))
        for app in apps:
            row, height = _row(app, top, middles, house, imports)
            rows, top = rows + row, top + height
        css = "paper" if place % 2 else "band"
        bands.append(f'<rect x="0" y="{start:g}" width="{width:g}" height="{top - start:g}" class="{css}"/>')
    for one, other in pairwise(middles.values()):
        middle = (one + other) / 2
        bands.append(f'<line x1="{middle:g}" y1="{head}" x2="{middle:g}" y2="{top:g}" class="rule"/>')
    told = " ".join(
        f"{name} imports {', '.join(n for n in middles if n in imports[name]) or 'none'}." for name in middles
    )
    height = top + 2 * ROW
    wrong = any(not house.leads_down(name, other) for name in imports for other in imports[name])
    words = "A disc: the package of this row imports that of the column. " + (
        "A red one leads upwards or to a sibling." if wrong else "Nothing below the diagonal: no import leads upwards."
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
            ' role="img" aria-labelledby="title desc">',
            "<!-- Drawn by tools/floors.py from the imports of the code: make floors. -->",
            f'<title id="title">The floors of the house</title>\n<desc id="desc">{escape(told)}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect width="{width:g}" height="{height:g}" class="paper"/>',
            *bands,
            *heads,
            *rows,
            _text(MARGIN, top + ROW, words, "soft"),
            "</svg>\n",
        ]
    )


def picture() -> str:
    house = house_of((PROJECT / "pyproject.toml").read_text())
    return drawn(house, imports_of(house))


if __name__ == "__main__":
    PICTURE.write_text(picture())
    print(f"{PICTURE.relative_to(PROJECT)} is drawn.")
