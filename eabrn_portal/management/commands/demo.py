"""`manage.py demo`: demo accounts and samples of the embedded default."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from eabrn_portal.demo import make_accounts, make_samples

ACCOUNTS_FILE = "demo-accounts.txt"


class Command(BaseCommand):
    help = "Makes one demo account per role and the samples. Exists only beside the embedded database."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.EMBEDDED:
            raise CommandError("Demo accounts and samples exist only beside the embedded database of `make run`.")
        if accounts := make_accounts():
            lines = [f"{account.role:14} {account.email:32} {account.password}" for account in accounts]
            path = settings.VAR_DIR / ACCOUNTS_FILE
            path.touch(mode=0o600)
            os.chmod(path, 0o600)
            path.write_text("\n".join(["role           e-mail                           password", *lines, ""]))
            self.stdout.write("Demo accounts, also in " + str(path) + ":\n" + "\n".join("  " + line for line in lines))
        for sample in make_samples():
            self.stdout.write(f"Sample: {sample.title}")
