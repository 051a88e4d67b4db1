"""Allowances: counted for each key, spent for a while."""

import time_machine

from directory.rate_limits import spend


def test_allowance_is_used_up_and_comes_back() -> None:
    with time_machine.travel("2026-01-01T00:00:00Z", tick=False) as traveller:
        assert [spend("ask", "a@example.org", most=2, seconds=3600) for _ in range(3)] == [True, True, False]
        assert spend("ask", "b@example.org", most=2, seconds=3600) is True
        assert spend("register", "a@example.org", most=2, seconds=3600) is True
        traveller.shift(3600)
        assert spend("ask", "a@example.org", most=2, seconds=3600) is True
