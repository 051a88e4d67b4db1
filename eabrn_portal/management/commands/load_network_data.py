"""`manage.py load_network_data [--dry-run] [DIR]`: brings the data files of the network into the database."""

import argparse
import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from history.actor import acting
from record_import.differences import Change, Difference
from record_import.fields import Canonical
from record_import.loading import LoadingError, Result, load
from search import index as search_index

REASON = "Loaded from the data files"


class Command(BaseCommand):
    help = (
        "Brings the network's data files into the database: all or nothing, as often as you like. What staff have edited "
        "since is kept and listed as a conflict. --verbosity 2 lists every change."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=settings.BASE_DIR / "data", metavar="DIR")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, write nothing.")

    def handle(self, *args: object, directory: Path, dry_run: bool, verbosity: int, **options: object) -> None:
        if not directory.is_dir():
            raise CommandError(f"{directory} is not a directory.")
        try:
            with acting(None, reason=REASON):
                result = load(directory, dry_run=dry_run)
        except LoadingError as refused:
            listed = "\n".join(f"  {problem}" for problem in refused.problems)
            count = _counted(len(refused.problems), "problem")
            raise CommandError(f"{count}, nothing was written:\n{listed}") from refused
        if not dry_run:
            search_index.refresh()
        if verbosity:
            self._report(result, dry_run=dry_run, listed=dry_run or verbosity > 1)

    def _report(self, result: Result, *, dry_run: bool, listed: bool) -> None:
        self.stdout.write(f"{'':22}{'rows':>6}{'new':>6}{'changed':>9}{'unchanged':>11}{'conflicts':>11}")
        for one in result:
            numbers = f"{one.rows:>6}{len(one.new):>6}{len(one.changed):>9}{one.unchanged:>11}{len(one.conflicts):>11}"
            self.stdout.write(f"{one.records.source:22}{numbers}")
        for one in result:
            self._details(one, listed=listed)
        changes = f"{_counted(result.written, 'change')}, {_counted(result.conflicts, 'conflict')}"
        self.stdout.write(f"{changes}. Dry run, nothing was written." if dry_run else f"{changes}.")

    def _details(self, found: Difference, *, listed: bool) -> None:
        place = f"{found.records.file.name}, {found.records.source}"
        if listed:
            for entry in found.new:
                self.stdout.write(f"  new       {place}: {entry.key}")
            for change in found.changes:
                self._line("changed", place, change, "is", "becomes")
        for change in found.conflicts:
            self._line("conflict", place, change, "kept", "file says")
        for key in found.removed:
            self.stdout.write(f"  removed   {place}: {key} is no longer in the file, the record is kept")

    def _line(self, word: str, place: str, change: Change, first: str, second: str) -> None:
        old, new = _shown(change.old), _shown(change.new)
        self.stdout.write(f"  {word:9} {place}: {change.key}, {change.field}: {first} {old}, {second} {new}")


def _counted(number: int, word: str) -> str:
    return f"{number} {word if number == 1 else word + 's'}"


def _shown(value: Canonical) -> str:
    """A canonical value in one line, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:117] + "..."
