"""Letting an announcement go to its audience."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.persons.recipients import recipient_of
from notifications import mailings, outbox
from notifications.models import Mailing

from .audiences import audience_of
from .mails import ANNOUNCEMENT
from .models import Announcement


@transaction.atomic
def send(*, announcement: Announcement, by: User) -> Mailing:
    """Writes the mails down, which go out once they can no longer be called back. ValidationError says why not.

    An announcement that was called back before anything went out may be sent again.
    """
    announcement = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
    refuse(announcement=announcement)
    people = list(audience_of(announcement))
    if not people:
        raise ValidationError(_("Nobody is in this audience. Choose a wider one."))
    mailing = mailings.open_mailing(label=announcement.title, kind=ANNOUNCEMENT.name, by_id=by.pk)
    outbox.put_many(
        kind=ANNOUNCEMENT.name, subject=announcement, mailing=mailing,
        readers=[(recipient_of(person), f"m{mailing.pk}") for person in people],
    )  # fmt: skip
    announcement.mailing = mailing
    announcement.save(update_fields=["mailing"])
    return mailing


def refuse(*, announcement: Announcement) -> None:
    """ValidationError, in words for an officer, when it cannot be sent."""
    mailing = announcement.mailing
    if mailing is None:
        return
    if mailing.called_back_at is None:
        raise ValidationError(_("This announcement was sent already. Write a new one."))
    if mailing.mails.exclude(state="dropped").exists():
        raise ValidationError(_("Some of its mails had gone out before it was called back. Write a new one."))
