"""Brings tables, first data, search and static files up to this release, before anything is served."""

import os
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from search import index as search_index

# Seconds: after a power cut the database server may come up later than we do.
DATABASE_PATIENCE = int(os.environ.get("EABRN_DATABASE_PATIENCE", "30"))
LOCK = 0x0EAB0002  # held by the host that upgrades, while others wait
SPARE_CONNECTIONS = 5  # for a person with psql, a backup, a monitor


class Command(BaseCommand):
    help = (
        "Migrates, loads the network's data, brings the search in step and collects static files. Several hosts may call it "
        "at once: one does the work, the others wait and find it done."
    )
    requires_system_checks = []  # each command below brings its own

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", type=float, default=None, help="the moment the start began, for the progress lines"
        )
        parser.add_argument("--no-static", action="store_true", help="static files are known to be up to date")
        parser.add_argument(
            "--connections", type=int, default=0, help="how many the portal's processes will hold: refused if too many"
        )

    def handle(self, *, since: float | None, no_static: bool, connections: int, **_options: object) -> None:
        self.began = time.monotonic() if since is None else since
        self._await_database()
        self._check_connections(connections)
        with self._only_one():
            self._upgrade()
        if not no_static:
            call_command("collectstatic", interactive=False, verbosity=0)
            self.tell("static files collected")

    def _upgrade(self) -> None:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        call_command("migrate", interactive=False, verbosity=0)
        self.tell(f"tables up to date ({len(waiting)} migrations of release {settings.RELEASE})")
        known = get_commands()
        if "load_network_data" in known:
            call_command("load_network_data", verbosity=0)
            self.tell("network data loaded")
        if settings.EMBEDDED and "demo" in known:
            call_command("demo", stdout=self.stdout)
            self.tell("demo accounts and samples ready")
        search_index.rebuild()
        self.tell("search ready")

    def tell(self, line: str) -> None:
        self.stdout.write(f"{time.monotonic() - self.began:6.1f} s  {line}")
        self.stdout.flush()

    def _await_database(self) -> None:
        until = time.monotonic() + DATABASE_PATIENCE
        while True:
            try:
                connection.ensure_connection()
            except OperationalError as error:
                if time.monotonic() > until:
                    raise CommandError(f"The database does not answer: {str(error).strip()}") from None
                time.sleep(1)
            else:
                return

    def _check_connections(self, wanted: int) -> None:
        """Too many processes for the server would be found out by the first busy hour, as errors."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
            )
            allowed = cursor.fetchone()[0]
        if wanted and wanted + SPARE_CONNECTIONS > allowed:
            raise CommandError(
                f"The portal's processes hold up to {wanted} connections to the database, and {SPARE_CONNECTIONS} are kept for "
                f"others, but the server allows {allowed}. Raise max_connections there, or lower EABRN_WEB_WORKERS."
            )

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        """A lock of the session, on a connection of its own: it ends with this process, however that ends."""
        own = psycopg2.connect(settings.DATABASE_DIRECT_URL, connect_timeout=10)
        own.autocommit = True
        try:
            with own.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
                if not cursor.fetchone()[0]:
                    self.tell("another host upgrades the database; waiting for it")
                    cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            yield
        finally:
            own.close()
