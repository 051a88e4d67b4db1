"""A number that rises with every change of a tracked table, whoever writes: the key under which what was made from
several records may be kept."""

from dataclasses import dataclass

from django.db import connection

# Numbers of changes are given out before their transactions end. While one is still under way, a change with a lower number
# may yet appear without the highest number rising: what is made meanwhile must not be kept under that number.
QUERY = """
SELECT coalesce((SELECT max(id) FROM history_change), 0), pg_snapshot_xmin(now_seen) = pg_snapshot_xmax(now_seen)
FROM pg_current_snapshot() AS now_seen
"""


@dataclass(frozen=True)
class Version:
    """`settled`: no transaction that writes is under way, so that everything up to this number is seen."""

    number: int
    settled: bool


def data_version() -> Version:
    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        number, settled = cursor.fetchone()
    return Version(number, settled)
