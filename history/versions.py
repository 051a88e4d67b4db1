"""A number that rises with every change of a tracked table, whoever writes: the key under which what was made from
several records may be cached."""

from dataclasses import dataclass

from django.db import connection

# Numbers of changes are given out before their transactions end: a change with a lower number may yet appear without the
# highest one rising. So who writes is part of the answer. Every transaction that writes holds a lock on its own number (a
# snapshot would not list the youngest) and is named by its virtual number, which no other ever has; other databases do not
# matter, and neither does this transaction: its numbers are never given out again, even when it is undone. Nor does the
# database's own housekeeping, which writes statistics and none of our rows. Who is connected is looked up anew: a transaction
# that has looked once would see the same sessions to its end, and take a younger one of another database for one that writes
# here.
QUERY = """
SELECT coalesce((SELECT max(id) FROM history_change), 0), ARRAY(
  SELECT virtualtransaction FROM pg_locks LEFT JOIN pg_stat_activity USING (pid)
  WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()
    AND coalesce(datname, current_database()) = current_database()
    AND backend_type IS DISTINCT FROM 'autovacuum worker'
) FROM pg_stat_clear_snapshot()
"""


@dataclass(frozen=True)
class Version:
    """`number` of the latest change that is seen, 0 before the first. `writing`: the other transactions that were writing
    then, whose changes may yet appear below that number."""

    number: int
    writing: frozenset[str] = frozenset()

    @property
    def settled(self) -> bool:
        """Nobody else is writing, so that whatever is read from now on holds all changes up to the number."""
        return not self.writing

    def holds(self, now: "Version") -> bool:
        """What was read under this version is still true now: nothing new is seen, and of those who wrote then nobody has
        ended. Exact also while a long import runs."""
        return self.number == now.number and self.writing <= now.writing


def data_version() -> Version:
    """Asked before the records are read."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        number, writing = cursor.fetchone()
    return Version(number, frozenset(writing))
