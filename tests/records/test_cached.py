"""What is cached: made once for the same parts, made again for others, and made each time while the cache is down."""

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from history.versions import Version
from records import cached as kept
from records.cached import cached, cached_many

NOW, BUSY = Version(7), Version(7, frozenset({"3/14"}))


class Maker:
    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        return f"made {self.made}"


def test_same_parts_give_what_was_made_once() -> None:
    make = Maker()
    assert [cached("thing", NOW, make, "a", 1) for _ in range(3)] == ["made 1"] * 3


def test_other_parts_names_versions_and_languages_are_made_anew(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    make = Maker()
    asked = [("thing", ("a", 1)), ("thing", ("a", "1")), ("thing", ("a1",)), ("other", ("a", 1))]
    found = [cached(name, NOW, make, *parts) for name, parts in asked]
    found.append(cached("thing", Version(8), make, "a", 1))
    with translation.override("ja"):
        found.append(cached("thing", NOW, make, "a", 1))
    settings.SITE_URL = "https://elsewhere.example"
    found.append(cached("thing", NOW, make, "a", 1))
    monkeypatch.setattr(kept, "release_key", lambda: "next release")
    found.append(cached("thing", NOW, make, "a", 1))
    assert found == [f"made {number}" for number in range(1, 9)]


def test_nothing_is_stored_while_another_writes() -> None:
    make = Maker()
    assert [cached("thing", BUSY, make) for _ in range(2)] == ["made 1", "made 2"]
    assert [cached("thing", NOW, make) for _ in range(2)] == ["made 3", "made 3"]


def test_what_the_clock_has_overtaken_is_made_anew_and_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    make, now, hour = Maker(), timezone.now(), dt.timedelta(hours=1)

    def ask() -> str:
        return cached("thing", NOW, make, until=lambda made: now + hour * make.made)

    assert [ask(), ask()] == ["made 1"] * 2
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + hour)
    assert [ask(), ask()] == ["made 2"] * 2


def test_nothing_found_is_stored_too() -> None:
    assert cached("thing", NOW, lambda: list[str]()) == []
    assert cached("thing", NOW, lambda: ["not asked for"]) == []


def test_of_many_only_the_missing_are_made_in_their_order() -> None:
    asked: list[list[int]] = []

    def make(keys: Collection[int]) -> dict[int, str]:
        asked.append(list(keys))
        return {key: f"made {key}" for key in reversed(list(keys)) if key < 9}

    assert cached_many("things", NOW, [3, 1], make) == {3: "made 3", 1: "made 1"}
    assert list(cached_many("things", NOW, [4, 3, 9, 1], make).items()) == [
        (4, "made 4"),
        (3, "made 3"),
        (1, "made 1"),
    ]
    assert asked == [[3, 1], [4, 9]]
    assert cached_many("things", NOW, [1, 3], make, "other part") == {1: "made 1", 3: "made 3"}
    assert asked[-1] == [1, 3]


def test_developer_gets_what_was_written_just_now(settings: Any) -> None:
    settings.DEBUG = True
    make = Maker()
    assert [cached("thing", NOW, make) for _ in range(2)] == ["made 1", "made 2"]


def test_cache_that_is_down_breaks_nothing(settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    nowhere = f"unix://{tmp_path}/redis.sock"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}}
    make = Maker()
    assert [cached("thing", NOW, make) for _ in range(2)] == ["made 1", "made 2"]
    assert "Nothing cached of thing" in caplog.text
