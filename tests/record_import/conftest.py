"""Data files of a network small enough to be read at a glance."""

from pathlib import Path

import pytest

from .small import write_small


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The data files of the small network, which a test may change."""
    return write_small(tmp_path / "small")
