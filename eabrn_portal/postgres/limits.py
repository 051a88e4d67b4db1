"""How long a process waits for the database, by what the process is for.

Readers wait little: a page that waits holds one of the few threads of the web server, and all of them waiting for one row
would close the whole portal. A task may wait longer, an upgrade as long as it takes.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Limits:
    """Seconds; 0 is without end."""

    connect: int
    lock: int
    statement: int
    idle_transaction: int

    def settings(self) -> dict[str, str]:
        """As the server calls them, in milliseconds."""
        return {
            "lock_timeout": str(self.lock * 1000),
            "statement_timeout": str(self.statement * 1000),
            "idle_in_transaction_session_timeout": str(self.idle_transaction * 1000),
        }


LIMITS: Final = {
    "web": Limits(connect=2, lock=2, statement=10, idle_transaction=15),
    "worker": Limits(connect=5, lock=10, statement=120, idle_transaction=60),
    "command": Limits(connect=10, lock=0, statement=0, idle_transaction=0),
}
# A server that is gone is noticed by these, also while nothing is sent.
KEEPALIVES: Final = {
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
EXPORT_SECONDS: Final = 60  # a large download may take so long
GRACE_SECONDS: Final = 5  # after its statement's time is over the server says so itself within these


def options(process: str) -> dict[str, object]:
    """For `OPTIONS` of the database in the settings."""
    limits = LIMITS[process]
    return {
        "connect_timeout": limits.connect,
        "application_name": f"eabrn-{process}",  # whose connection it is, in the server's own list
        **KEEPALIVES,
        "limits": limits,
    }
