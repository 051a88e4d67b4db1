"""The zones of a reserve as nested circles to scale: core area, buffer zone, transition area.

The disc of a zone holds the zones within it, so that what is seen of each stands for its hectares. All circles touch at
the foot, as in the mark of the network. A zone that is not known is a dashed circle whose size says nothing; when none is
known, one dashed circle stands for all. The total of a reserve plays no part: it need not be the sum of the zones.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

NAMES = ("core", "buffer", "transition")  # from the middle outwards
ROOM = (1.0, 0.8, 0.65)  # size of the known zones when none, one or two outer ones are not known

Hectares = float | None
Zones = tuple[Hectares, Hectares, Hectares]


@dataclass(frozen=True)
class Circle:
    """A zone's circle: `radius` in units of the drawing; of no meaning when not known."""

    name: str
    radius: float
    known: bool


def circles(zones: Zones, radius: float) -> list[Circle]:
    """Circles from the outermost inwards, the outermost of the given radius. Zones of no area are left out."""
    total = sum(zone or 0 for zone in zones)
    if total <= 0:
        return [Circle("", radius, known=False)]
    room = ROOM[next(n for n, zone in enumerate(reversed(zones)) if zone is not None)]
    sizes: list[float | None] = []
    held = 0.0
    for zone in zones:
        held += zone or 0
        sizes.append(None if zone is None else radius * room * math.sqrt(held / total))
    drawn = zip(NAMES, _spread(sizes, radius), zones, strict=True)
    return [Circle(name, size, zone is not None) for name, size, zone in drawn if zone is None or zone > 0][::-1]


def _spread(sizes: list[float | None], radius: float) -> list[float]:
    """Sizes for the unknown circles too: evenly between their known neighbours, or from the last known one to the rim."""
    found: list[float] = []
    for place, size in enumerate(sizes):
        if size is not None:
            found.append(size)
            continue
        inner = found[-1] if found else 0.0
        ahead = sizes[place:]
        outer = next((other for other in ahead if other is not None), None)
        gaps = len(ahead) if outer is None else ahead.index(outer) + 1
        found.append(inner + ((radius if outer is None else outer) - inner) / gaps)
    return found


def _drawn(circle: Circle, x: float, foot: float) -> str:
    kind = circle.name if circle.known else "unknown"
    return f'<circle class="{kind}" cx="{x:g}" cy="{foot - circle.radius:.1f}" r="{circle.radius:.1f}"/>'


def glyph(core: Hectares, buffer: Hectares, transition: Hectares) -> str:
    """The small figure of a list entry, 40 by 40 units. It is decoration: the entry says the area in words."""
    shapes = "".join(_drawn(circle, 20, 39) for circle in circles((core, buffer, transition), 19))
    return f'<svg class="zones" viewBox="0 0 40 40" aria-hidden="true">{shapes}</svg>'


CENTRE, FOOT, RADIUS = 132, 262, 128
LABEL_X = 302
SLOTS = {"transition": 44, "buffer": 134, "core": 226}  # height of the end of each lead line
WIDE = "\u2e80"  # from here on letters are as wide as they are high


def _width(words: str) -> float:
    """A generous guess at the width of 13 px type."""
    return sum(13.5 if letter >= WIDE else 7.4 for letter in words)


def _label(name: str, at: tuple[float, float], words: str, figure: str) -> str:
    x, y = at
    slot = SLOTS[name]
    return (
        f'<path class="lead-line" d="M{x:.0f} {y:.0f}L288 {slot}h8"/>'
        f'<circle class="dot" cx="{x:.0f}" cy="{y:.0f}" r="2.6"/>'
        f'<text x="{LABEL_X}" y="{slot - 2}">{escape(words)}</text>'
        f'<text class="soft" x="{LABEL_X}" y="{slot + 15}">{escape(figure)}</text>'
    )


def figure(zones: Zones, labels: Sequence[str], figures: Sequence[str], title: str) -> str:
    """The large figure with lead lines. `labels` and `figures` are the words for the three zones, from the core outwards;
    `title` is read instead of the picture."""
    drawn = circles(zones, RADIUS)
    shapes = "".join(_drawn(circle, CENTRE, FOOT) for circle in drawn)
    words = dict(zip(NAMES, zip(labels, figures, strict=True), strict=True))
    notes = []
    for place, circle in enumerate(drawn):
        if not circle.name:  # nothing is known: no lead line, the page says so
            continue
        within = drawn[place + 1].radius if place + 1 < len(drawn) else 0.0
        top, below = FOOT - 2 * circle.radius, FOOT - 2 * within
        if not circle.known:  # the note of a dashed circle stands on its line
            at = (CENTRE + circle.radius * math.sin(0.4), FOOT - circle.radius * (1 + math.cos(0.4)))
        elif within:
            at = (CENTRE + 12, (top + below) / 2)
        else:
            at = (CENTRE + circle.radius / 2, FOOT - circle.radius)
        notes.append(_label(circle.name, at, *words[circle.name]))
    width = 270 if not notes else LABEL_X + max(98.0, *(_width(text) for pair in words.values() for text in pair))
    return (
        f'<svg class="zones" viewBox="0 0 {width:.0f} 270" role="img" aria-label="{escape(title)}">'
        f"{shapes}{''.join(notes)}</svg>"
    )
