"""The growth of the network as a stepped line for each kind of site. The table below it holds the same figures."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 900, 320
LEFT, RIGHT, TOP, FOOT = 44, 770, 16, 290
STEP = 50  # sites between two lines of the grid
APART = 18  # px between the words at the ends of the two lines


def _top(most: int) -> int:
    """The round number that the grid ends at."""
    return max(STEP, -(-most // STEP) * STEP)


def _stairs(years: Sequence[int], totals: Sequence[int], top: int) -> str:
    """A line that begins with the first site, rises in the year of each designation and stays level in between."""
    first, last = years[0], years[-1]
    wide = (RIGHT - LEFT) / (last - first + 1)
    points: list[str] = []
    for (year, total), (following, _none) in pairwise([*zip(years, totals, strict=True), (last + 1, 0)]):
        if not total:
            continue
        if not points:
            points.append(f"M{LEFT + (year - first) * wide:.0f} {FOOT}")
        height = FOOT - total / top * (FOOT - TOP)
        points.append(f"V{height:.1f}H{LEFT + (following - first) * wide:.0f}")
    return "".join(points)


def _grid(years: Sequence[int], top: int) -> str:
    lines = [
        f'<path class="grid" d="M{LEFT} {y:.0f}H{RIGHT}"/>'
        f'<text class="soft" x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{number}</text>'
        for number in range(0, top + 1, STEP)
        for y in [FOOT - number / top * (FOOT - TOP)]
    ]
    first, last = years[0], years[-1]
    wide = (RIGHT - LEFT) / (last - first + 1)
    decades = [
        f'<text class="soft" x="{LEFT + (year - first + 0.5) * wide:.0f}" y="{FOOT + 22}" text-anchor="middle">{year}</text>'
        for year in range(-(-first // 10) * 10, last + 1, 10)
    ]
    return "".join([*lines, *decades])


def growth_chart(
    years: Sequence[int], reserves: Sequence[int], geoparks: Sequence[int], words: tuple[str, str], title: str
) -> str:
    """`reserves` and `geoparks` are the numbers at the end of each year, `words` what the two lines are called at their
    ends; `title` is read instead of the picture. Empty without years."""
    if not years:
        return ""
    top = _top(max(*reserves, *geoparks))
    line, other = _stairs(years, reserves, top), _stairs(years, geoparks, top)
    ends = [FOOT - total / top * (FOOT - TOP) + 4 for total in (reserves[-1], geoparks[-1])]
    if abs(ends[0] - ends[1]) < APART:
        ends[1] = ends[0] + APART
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">{_grid(years, top)}'
        f'<path class="area" d="{line}V{FOOT}z"/><path class="line" d="{line}"/><path class="line line-geopark" d="{other}"/>'
        f'<text x="{RIGHT + 10}" y="{ends[0]:.0f}">{escape(words[0])}</text>'
        f'<text x="{RIGHT + 10}" y="{ends[1]:.0f}">{escape(words[1])}</text></svg>'
    )
