"""A number that rises with every change of a tracked table, whoever writes: the key under which what was made from
several records may be kept."""

from dataclasses import dataclass

from django.db import connection

# Numbers of changes are given out before their transactions end: a change with a lower number may yet appear without the
# highest one rising. So what is made while another transaction writes must not be kept under that number. Every transaction
# that writes holds a lock on its own number (a snapshot would not list the youngest); other databases do not matter, and
# neither does this transaction: its numbers are never given out again, even when it is undone. Nor does the database's own
# housekeeping, which writes statistics and none of our rows. Who is connected is looked up anew: a transaction that has
# looked once would see the same sessions to its end, and take a younger one of another database for one that writes here.
QUERY = """
SELECT coalesce((SELECT max(id) FROM history_change), 0), NOT EXISTS (
  SELECT FROM pg_locks LEFT JOIN pg_stat_activity USING (pid)
  WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()
    AND coalesce(datname, current_database()) = current_database()
    AND backend_type IS DISTINCT FROM 'autovacuum worker'
) FROM pg_stat_clear_snapshot()
"""


@dataclass(frozen=True)
class Version:
    """`number` of the latest change that is seen, 0 before the first. `settled`: no other transaction is writing, so
    that whatever is read from now on holds all changes up to that number."""

    number: int
    settled: bool


def data_version() -> Version:
    """Asked before the records are read."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        number, settled = cursor.fetchone()
    return Version(number, settled)
