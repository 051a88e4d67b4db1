"""Allowances: counted for each key, spent for a while."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import connections

from history.retention import purge
from records.models import Limit
from records.rate_limits import spend
from tests.ports import free_port

pytestmark = pytest.mark.django_db


def test_allowance_is_used_up_and_comes_back() -> None:
    with time_machine.travel("2026-01-01T00:00:00Z", tick=False) as traveller:
        assert [spend("ask", "a@example.org", most=2, seconds=3600) for _ in range(3)] == [True, True, False]
        assert spend("ask", "b@example.org", most=2, seconds=3600) is True
        assert spend("register", "a@example.org", most=2, seconds=3600) is True
        traveller.shift(3600)
        assert spend("ask", "a@example.org", most=2, seconds=3600) is True


def test_allowance_does_not_need_redis(settings: Any) -> None:
    nowhere = f"redis://127.0.0.1:{free_port()}"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}}
    assert [spend("ask", "a@example.org", most=1, seconds=3600) for _ in range(2)] == [True, False]


def test_ten_at_once_get_what_is_there_and_no_more(transactional_db: None) -> None:
    def ask(_n: int) -> bool:
        try:
            return spend("ask", "a@example.org", most=4, seconds=3600)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(ask, range(10))) == [False] * 6 + [True] * 4


def test_limit_is_kept_until_it_runs_out() -> None:
    kept = caches["limits"]
    with time_machine.travel("2026-01-01T00:00:00Z", tick=False) as traveller:
        assert [kept.add("one", [1.5], timeout=60), kept.add("one", [2.5], timeout=60)] == [True, False]
        assert kept.get("one") == [1.5]
        traveller.shift(61)
        assert kept.get("one") is None
        assert kept.add("one", [3.5], timeout=60) is True
        kept.set("one", [4.5], timeout=None)
        traveller.shift(10**8)
        assert (kept.get("one"), kept.delete("one"), kept.delete("one")) == ([4.5], True, False)


def test_what_has_run_out_is_erased_and_names_nobody() -> None:
    with time_machine.travel("2026-01-01T00:00:00Z"):
        caches["limits"].set("ip:192.0.2.7", [1.5], timeout=60)
        spend("ask", "a@example.org", most=4, seconds=60)
    assert all(
        "192.0.2.7" not in name and "example" not in name for name in Limit.objects.values_list("name", flat=True)
    )
    assert next(run for run in purge() if run.rule == "limits").rows == 2
