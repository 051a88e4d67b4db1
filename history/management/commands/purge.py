"""Erases what has been kept long enough; the worker does it every night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from history import retention


class Command(BaseCommand):
    help = "Applies every rule of retention once: what is older than its days is erased or made anonymous."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *args: object, **options: Any) -> None:
        failed = 0
        for run in retention.purge(rehearse=options["dry_run"]):
            self.stdout.write(f"{run.rule}: {run.error or run.rows} (before {run.before:%Y-%m-%d})")
            failed += bool(run.error)
        if failed:
            raise CommandError(f"{failed} of the rules failed.")
