"""A new build beside the files that are shipped: same names, and how far the contents are apart."""

import re
from pathlib import Path

import numpy as np
from PIL import Image

NUMBER = re.compile(rb"-?\d+")


def compared(built: Path, shipped: Path) -> list[str]:
    """One line for each difference of names, and one in sum for each folder."""
    ours, theirs = _names(built), _names(shipped)
    lines = [f"only built: {name}" for name in sorted(ours - theirs)]
    lines += [f"only shipped: {name}" for name in sorted(theirs - ours)]
    groups: dict[str, list[str]] = {}
    for name in sorted(ours & theirs):
        groups.setdefault(name.rpartition("/")[0] or name, []).append(name)
    return lines + [
        _sum_up(group, [(built / name, shipped / name) for name in names]) for group, names in groups.items()
    ]


def _names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _sum_up(group: str, pairs: list[tuple[Path, Path]]) -> str:
    same = sum(ours.read_bytes() == theirs.read_bytes() for ours, theirs in pairs)
    sizes = [sum(path.stat().st_size for path in side) for side in zip(*pairs, strict=True)]
    words = f"{group}: {same} of {len(pairs)} files equal, {sizes[0]} bytes built, {sizes[1]} shipped"
    if same == len(pairs):
        return words
    if pairs[0][0].suffix == ".webp":
        apart = max(float(np.abs(_pixels(ours) - _pixels(theirs)).mean()) for ours, theirs in pairs)
        return f"{words}, at most {apart:.2f} of 255 apart on average"
    apart = max(abs(len(_numbers(ours)) / max(1, len(_numbers(theirs))) - 1) for ours, theirs in pairs)
    return f"{words}, at most {100 * apart:.1f} % more or fewer numbers"


def _pixels(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path).convert("RGB"), float)


def _numbers(path: Path) -> list[bytes]:
    return NUMBER.findall(path.read_bytes())
