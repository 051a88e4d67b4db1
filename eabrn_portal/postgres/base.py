"""Django's backend with the time limits of this process on every connection."""

from typing import Any

import psycopg2
from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from .limits import Limits

UNSUPPORTED = "unsupported startup parameter"


class DatabaseWrapper(base.DatabaseWrapper):
    """Tells the server our limits when it connects.

    A pooler in between (pgbouncer) refuses that, and a setting for the session would reach whoever gets the connection
    next. Then they are told at the beginning of every transaction, for that transaction; single reads keep the limits that
    the role has on the server (docs/operating.md names them).
    """

    limits: Limits | None = None
    pooled = False

    def get_connection_params(self) -> dict[str, Any]:
        given: dict[str, Any] = super().get_connection_params()
        self.limits = given.pop("limits", None)
        return given

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if self.limits is None or self.pooled:
            return super().get_new_connection(conn_params)
        told = " ".join(f"-c {name}={value}" for name, value in self.limits.settings().items())
        try:
            return super().get_new_connection({**conn_params, "options": told})
        except psycopg2.OperationalError as error:
            if UNSUPPORTED not in str(error):
                raise
            type(self).pooled = True
            return super().get_new_connection(conn_params)

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # Django's own hook, not in the stubs
        if self.pooled and self.limits and not autocommit:
            # SET and no query: whoever wants another isolation of this transaction may still say so.
            told = "; ".join(f"SET LOCAL {name} = {int(value)}" for name, value in self.limits.settings().items())
            with self.connection.cursor() as cursor:
                cursor.execute(told)


LOCKED = "55P03"
TOO_LONG = "57014"


def busy(error: BaseException | None) -> bool:
    """Whether the database was busy or away, so that the same may succeed in a moment."""
    while error is not None:
        if isinstance(error, OperationalError | psycopg2.OperationalError | psycopg2.InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False
