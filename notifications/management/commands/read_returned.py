"""`manage.py read_returned`: reads one returned mail or complaint, as a mail server's pipe gives it."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from ...bounces import returned_mail


class Command(BaseCommand):
    help = "Reads a mail that reports a returned mail or a complaint (RFC 3464, RFC 5965), and scores its address."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", help="the mail; - is standard input, as a mail server pipes it"
        )

    def handle(self, *args: object, file: str, verbosity: int, **options: object) -> None:
        try:
            raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as fault:
            raise CommandError(f"{file} cannot be read: {fault.strerror}") from fault
        try:
            bounce = returned_mail.take(raw)
        except (OperationalError, InterfaceError) as fault:
            # The mail server keeps the mail and pipes it again.
            raise CommandError(f"The database is out of reach: {fault}", returncode=os.EX_TEMPFAIL) from fault
        if verbosity:
            self.stdout.write(f"{bounce}" if bounce else "Nothing new about a mail of ours.")
