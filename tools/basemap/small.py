"""The picture beside lists: relief and lines of the first view in one, half as wide."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from .plane import BOX

SIZE = (720, 540)
FINER = 4  # drawn so many times as large, so that thin lines come out soft
WIDTH = 2  # of a line on the large drawing: half a pixel in the end
QUALITY = 50
GRID, RIVERS, LAKES, LAKE_SHORE, COAST = "#48697c29", "#8bb3ca", "#c8dbe7", "#86aec6", "#7d9aaa"  # as in lines.STYLES


def write_small(first: Image.Image, layers: Mapping[str, Iterable[Iterable[Sequence[float]]]], out: Path) -> None:
    step = (BOX[2] - BOX[0]) / (SIZE[0] * FINER)
    overlay = Image.new("RGBA", (SIZE[0] * FINER, SIZE[1] * FINER))
    draw = ImageDraw.Draw(overlay)

    def pixels(line: Iterable[Sequence[float]]) -> list[tuple[float, float]]:
        return [((x - BOX[0]) / step, (BOX[3] - y) / step) for x, y, *_ in line]

    for name, colour in (("grid", GRID), ("rivers", RIVERS)):
        for line in layers[name]:
            draw.line(pixels(line), fill=colour, width=WIDTH)
    for ring in layers["lakes"]:
        draw.polygon(pixels(ring), fill=LAKES, outline=LAKE_SHORE, width=WIDTH)
    for line in layers["coast"]:
        draw.line(pixels(line), fill=COAST, width=WIDTH)
    picture = first.resize(SIZE, Image.Resampling.LANCZOS).convert("RGBA")
    picture.alpha_composite(overlay.resize(SIZE, Image.Resampling.BOX))
    picture.convert("RGB").save(out / "relief-small.webp", quality=QUALITY, method=6)
