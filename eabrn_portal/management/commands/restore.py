"""`manage.py restore`: an empty database and empty folders become the portal that was backed up."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management import BaseCommand

from ...backup.restoring import restore


class Command(BaseCommand):
    help = "Restores a backup into an empty database. Mails are held until `manage.py outbox release`."
    requires_system_checks = []  # there are no tables yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--other-key", action="store_true", help="SECRET_KEY is a new one, and what it signed may end"
        )

    def handle(self, *, file: Path, other_key: bool, **_options: object) -> None:
        manifest = restore(file, other_key=other_key)
        self.stdout.write(
            f"{sum(manifest.rows.values())} rows of {len(manifest.rows)} tables and {len(manifest.files) - 1} files are back, "
            f"as of {manifest.made_at}.\nThe outbox is held: nothing is sent until `manage.py outbox release`.\n"
            "Now `manage.py upgrade` brings it to this release."
        )
