"""People read, register and get mails while parts of the portal die or fall silent: nothing that was promised is lost.

All kinds of faults, longer, in `tests/bench/bench_faults.py`.
"""

import pytest

from . import ordeal
from .ordeal import Stand
from .portal import Portal

pytestmark = pytest.mark.stack

SECONDS = 2
SOME = ("kill -9: a web process", "kill -9: a child of the worker", "cache silent", "kill -9: one backend of Postgres")


def test_what_was_promised_is_kept_whatever_dies(portal: Portal) -> None:
    known = ordeal.faults(SECONDS)
    with Stand(portal, readers=6, guests=3, lease=20) as stand:
        seen = ordeal.run(stand, [known[name] for name in SOME], mails=60)
    told = ordeal.table(seen)
    assert [one.fault for one in seen[1:]] == list(SOME)
    for one in seen[1:]:
        assert one.zeros == (0, 0, 0, 0), told
        assert one.pages > 0, told
        if not known[one.fault].readers_may_notice:
            assert not one.errors, told
    assert sum(len(one.acknowledged) for one in seen) > len(SOME), told
    assert sum(one.mails for one in seen) > len(SOME) * 60, told
    assert portal.stop() == 0
