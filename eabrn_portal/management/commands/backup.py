"""`manage.py backup`: one file with the database and all files that people have sent."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from ...backup import archive
from ...monitoring import signs_of_life


class Command(BaseCommand):
    help = "Writes a backup, reads it back and compares. Keep SECRET_KEY beside it, in another place: it is not inside."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="default: var/backups/portal-DATE.tar")
        parser.add_argument("--check", action="store_true", help="only reads an existing backup and compares its sums")
        parser.add_argument("--keep", type=int, default=0, help="how many backups of var/backups stay; 0: all")

    def handle(self, *, file: Path | None, check: bool, keep: int, **_options: object) -> None:
        own = settings.VAR_DIR / "backups"
        path = file or own / f"portal-{timezone.now():%Y%m%dT%H%M%SZ}.tar"
        manifest = archive.verify(path) if check else archive.write(path)
        if not check:
            signs_of_life.show("backup")
        size = path.stat().st_size / 1024 / 1024
        self.stdout.write(
            f"{path}: {size:.1f} MB, {sum(manifest.rows.values())} rows of {len(manifest.rows)} tables, "
            f"{len(manifest.files) - 1} files, of release {manifest.release}, PostgreSQL {manifest.postgres}; read back and whole"
        )
        if keep:
            for old in sorted(own.glob("portal-*.tar"))[:-keep]:
                old.unlink()
                self.stdout.write(f"removed {old}")
