"""`manage.py send_due`: one pass of the outbox, for a cron without Celery."""

from django.core.management.base import BaseCommand

from notifications.planning import plan

from ...delivery.sending import send_due


class Command(BaseCommand):
    help = "Sends the mails that are due, once, and says what became of them."

    def handle(self, *args: object, verbosity: int, **options: object) -> None:
        plan()
        done = send_due()
        if verbosity:
            self.stdout.write(f"{done}.")
