"""Many rows read in small parts, all as they were at one moment: what a file is made of.

No cursor stays open on the server between two statements: behind a pooler that gives a connection for a transaction alone
the next statement may meet another one.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet

AT_ONCE: Final = 500


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Everything read within is of one moment. Within another transaction it is of that one."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def in_parts(records: QuerySet, read: Callable[[Any], Iterable[Any]], *, key: Callable[[Any], int]) -> Iterator[Any]:
    """The rows that `read` makes of the records, a few hundred at a time, in the order of the records. `key` tells the
    primary key of such a row."""
    keys = list(records.values_list("pk", flat=True))
    for first in range(0, len(keys), AT_ONCE):
        part = keys[first : first + AT_ONCE]
        rows = {key(row): row for row in read(records.model._default_manager.all().filter(pk__in=part).order_by())}
        yield from (rows[one] for one in part if one in rows)
