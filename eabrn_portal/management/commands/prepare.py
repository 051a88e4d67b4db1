"""Brings tables, first data and static files up to date in one process; the supervisor calls it before it serves."""

import os
import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.db import OperationalError, connection

from search import index as search_index

# Seconds: after a power cut the database server may come up later than we do.
DATABASE_PATIENCE = int(os.environ.get("EABRN_DATABASE_PATIENCE", "30"))


class Command(BaseCommand):
    help = "Migrates, loads the network's data and collects static files; in the embedded default also makes the demo accounts."
    requires_system_checks = []  # each command below brings its own

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", type=float, default=None, help="the moment the start began, for the progress lines"
        )
        parser.add_argument("--no-static", action="store_true", help="static files are known to be up to date")

    def handle(self, *, since: float | None, no_static: bool, **_options: object) -> None:
        self.began = time.monotonic() if since is None else since
        self._await_database()
        call_command("migrate", interactive=False, verbosity=0)
        self.tell("tables up to date")
        known = get_commands()
        if "load_network_data" in known:
            call_command("load_network_data", verbosity=0)
            self.tell("network data loaded")
        if settings.EMBEDDED and "demo" in known:
            call_command("demo", stdout=self.stdout)
            self.tell("demo accounts and samples ready")
        search_index.rebuild()
        self.tell("search ready")
        if not no_static:
            call_command("collectstatic", interactive=False, verbosity=0)
            self.tell("static files collected")

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
