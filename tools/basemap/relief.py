"""The relief as the maps show it: laid into the plane, toned down towards paper, with a soft sea and lakes."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage
from shapely.geometry import Polygon

from .plane import BOX, to_globe

Image.MAX_IMAGE_PIXELS = None

FINEST = 2.25  # km per pixel
WIDTH, HEIGHT = round((BOX[2] - BOX[0]) / FINEST), round((BOX[3] - BOX[1]) / FINEST)
TILE = 800  # px
BAND = 240  # rows at a time, so that memory stays small

PAPER, DEEP, SHORE, LAKE = (250, 247, 240), (205, 221, 231), (228, 238, 243), (200, 219, 231)
SATURATION = 0.78
FADE = 0.36  # towards paper
SHORE_WIDTH = 140.0  # km over which the light shore becomes the deep sea
GLOWING = 1500  # km²: smaller islands have no light shore of their own, otherwise each atoll would glow

Floats = NDArray[np.float32]


def shaded_relief(source: Path, land: list[Polygon], lakes: list[Polygon]) -> Image.Image:
    ground = _toned(_under_the_coast(_projected(source).astype(np.float32), coverage(land)))
    on_land, in_lake = coverage(land)[..., None], coverage(lakes)[..., None]
    picture = _sea(land) * (1 - on_land) + ground * on_land
    picture = picture * (1 - in_lake) + np.array(LAKE, np.float32) * in_lake
    return Image.fromarray(np.clip(picture + 0.5, 0, 255).astype(np.uint8))


def _projected(source: Path) -> NDArray[np.uint8]:
    """The picture of the whole globe, in steps of equal degrees, sampled for each pixel of the plane."""
    globe = np.asarray(Image.open(source))
    picture = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    across = BOX[0] + (np.arange(WIDTH) + 0.5) * FINEST
    for top in range(0, HEIGHT, BAND):
        rows = np.arange(top, min(HEIGHT, top + BAND))
        longitude, latitude = to_globe(*np.meshgrid(across, BOX[3] - (rows + 0.5) * FINEST))
        column = ((longitude + 180) % 360) / 360 * globe.shape[1] - 0.5
        row = (90 - latitude) / 180 * globe.shape[0] - 0.5
        sampled = [
            ndimage.map_coordinates(globe[..., n], [row, column], order=1, mode="grid-wrap", output=np.float32)
            for n in range(3)
        ]
        picture[rows] = np.clip(np.stack(sampled, -1) + 0.5, 0, 255).astype(np.uint8)
    return picture


def coverage(polygons: list[Polygon], finer: int = 2) -> Floats:
    """How much of each pixel the polygons cover, 0 to 1: drawn `finer` times as large and averaged."""
    step = FINEST / finer
    image = Image.new("L", (WIDTH * finer, HEIGHT * finer), 0)
    draw = ImageDraw.Draw(image)

    def pixels(ring: object) -> list[tuple[float, float]]:
        return [((x - BOX[0]) / step, (BOX[3] - y) / step) for x, y in ring.coords]

    for polygon in polygons:
        draw.polygon(pixels(polygon.exterior), fill=255)
        for hole in polygon.interiors:
            draw.polygon(pixels(hole), fill=0)
    return np.asarray(image.resize((WIDTH, HEIGHT), Image.Resampling.BOX), dtype=np.float32) / 255


def _under_the_coast(picture: Floats, land: Floats) -> Floats:
    """The source's coast is not ours: the colours of good land pixels grow outwards below it, by blurs of growing radius
    that are used only where nothing better is there."""
    sea_coloured = picture[..., 2] > picture[..., 1] + 5
    good = ndimage.binary_erosion((land > 0.99) & ~sea_coloured, iterations=2)
    grown, done = picture.copy(), good.copy()
    for radius in (3, 8, 20):
        weight = ndimage.gaussian_filter(good.astype(np.float32), radius)
        needed = ~done & (weight > 0.01)
        for n in range(3):
            blurred = ndimage.gaussian_filter(picture[..., n] * good, radius) / np.maximum(weight, 1e-6)
            grown[..., n][needed] = blurred[needed]
        done |= needed
    return grown


def _toned(picture: Floats) -> Floats:
    light = (picture @ np.array([0.299, 0.587, 0.114], np.float32))[..., None]
    paper = np.array(PAPER, np.float32)
    return paper + (light + (picture - light) * SATURATION - paper) * (1 - FADE)


def _sea(land: list[Polygon]) -> Floats:
    """Two tones, by the distance from the shore."""
    large = coverage([polygon for polygon in land if polygon.area > GLOWING], 1)
    distance = ndimage.distance_transform_edt(large < 0.5) * FINEST
    depth = (1 - np.exp(-distance / SHORE_WIDTH))[..., None].astype(np.float32)
    depth = ndimage.gaussian_filter(depth, (4, 4, 0))
    shore, deep = np.array(SHORE, np.float32), np.array(DEEP, np.float32)
    return shore + (deep - shore) * depth


def write_pictures(relief: Image.Image, out: Path) -> Image.Image:
    """The first view, which is given back, and two levels of square tiles."""
    first = relief.resize((WIDTH // 4, HEIGHT // 4), Image.Resampling.LANCZOS)
    first.save(out / "relief-0.webp", quality=68, method=6)
    for level, shrink, across, quality in ((1, 2, 4, 76), (2, 1, 8, 84)):
        whole = relief.resize((WIDTH // shrink, HEIGHT // shrink), Image.Resampling.LANCZOS) if shrink > 1 else relief
        folder = out / f"r{level}"
        folder.mkdir()
        for row in range(across * 3 // 4):
            for column in range(across):
                corner = (column * TILE, row * TILE, (column + 1) * TILE, (row + 1) * TILE)
                whole.crop(corner).save(folder / f"{column}-{row}.webp", quality=quality, method=6)
    return first
