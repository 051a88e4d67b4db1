"""`manage.py invite_administrator`: the first way into a new portal, without a password that anybody else has seen."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.db import transaction

from records.formats.typed_text import address as tidy

from ...models import User
from ...sign_in import by_hand


class Command(BaseCommand):
    help = "Makes an administrator's account without a password and mails its owner the way in: by a code, then a second factor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *, address: str, **_options: object) -> None:
        try:
            email = tidy(address)
        except ValidationError:
            raise CommandError(f"“{address}” is no address.") from None
        with transaction.atomic():
            if User.objects.filter(email=email).exists():
                raise CommandError(
                    f"{email} has an account already: another administrator gives the rights, in the admin."
                )
            user = User(email=email, is_staff=True, is_superuser=True)
            user.set_unusable_password()
            user.save()
            by_hand.made(user=user)
        self.stdout.write(f"{email} is invited: the mail is in the outbox.")
