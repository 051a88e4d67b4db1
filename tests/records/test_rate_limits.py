"""Allowances: counted for each key, spent for a while."""

from pathlib import Path
from typing import Any

import pytest
import time_machine

from records.rate_limits import spend


def test_allowance_is_used_up_and_comes_back() -> None:
    with time_machine.travel("2026-01-01T00:00:00Z", tick=False) as traveller:
        assert [spend("ask", "a@example.org", most=2, seconds=3600) for _ in range(3)] == [True, True, False]
        assert spend("ask", "b@example.org", most=2, seconds=3600) is True
        assert spend("register", "a@example.org", most=2, seconds=3600) is True
        traveller.shift(3600)
        assert spend("ask", "a@example.org", most=2, seconds=3600) is True


def test_cache_that_is_down_refuses_nobody(settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    nowhere = f"unix://{tmp_path}/redis.sock"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}}
    assert [spend("ask", "a@example.org", most=1, seconds=3600) for _ in range(2)] == [True, True]
    assert "Not counted how often ask was asked for" in caplog.text
