"""What is kept: made once for the same parts, made again for others, and made each time while the cache is down."""

from pathlib import Path
from typing import Any

import pytest

from records.cached import cached


class Maker:
    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        return f"made {self.made}"


def test_same_parts_give_what_was_made_once() -> None:
    make = Maker()
    assert [cached("thing", ("a", 1), make) for _ in range(3)] == ["made 1"] * 3


def test_other_parts_and_other_names_are_made_anew() -> None:
    make = Maker()
    asked = [("thing", ("a", 1)), ("thing", ("a", "1")), ("thing", ("a1",)), ("other", ("a", 1))]
    assert [cached(name, parts, make) for name, parts in asked] == ["made 1", "made 2", "made 3", "made 4"]


def test_what_may_not_be_stored_is_made_each_time() -> None:
    make = Maker()
    assert [cached("thing", (), make, may_store=False) for _ in range(2)] == ["made 1", "made 2"]
    assert [cached("thing", (), make) for _ in range(2)] == ["made 3", "made 3"]


def test_what_the_clock_has_overtaken_is_made_anew_and_kept() -> None:
    make = Maker()
    cached("thing", (), make)
    assert cached("thing", (), make, is_true=lambda made: made != "made 1") == "made 2"
    assert cached("thing", (), make, is_true=lambda made: made != "made 1") == "made 2"


def test_nothing_found_is_kept_too() -> None:
    assert cached("thing", (), lambda: list[str]()) == []
    assert cached("thing", (), lambda: ["not asked for"]) == []


def test_cache_that_is_down_breaks_nothing(settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    nowhere = f"unix://{tmp_path}/redis.sock"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}}
    make = Maker()
    assert [cached("thing", (), make) for _ in range(2)] == ["made 1", "made 2"]
    assert "Nothing kept of thing" in caplog.text
