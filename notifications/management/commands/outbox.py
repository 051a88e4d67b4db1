"""`manage.py outbox hold|release`: whether mails are sent at all."""

from argparse import ArgumentParser

from django.core.management import BaseCommand

from ... import holding


class Command(BaseCommand):
    help = "Holds the outbox, lets it go again, or says how it stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["hold", "release", "status"], nargs="?", default="status")
        parser.add_argument("--why", default="Held by hand")
        parser.add_argument(
            "--send-old",
            action="store_true",
            help="also sends what was queued before the hold (after a restore: doubles)",
        )

    def handle(self, *, act: str, why: str, send_old: bool, **_options: object) -> None:
        if act == "hold":
            holding.hold(why=why)
        elif act == "release":
            self.stdout.write(f"{holding.release(send_old=send_old)} old mails are not sent any more.")
        hold = holding.held()
        self.stdout.write(
            f"Held since {hold.since:%Y-%m-%d %H:%M} UTC: {hold.why}" if hold else "Mails are being sent."
        )
