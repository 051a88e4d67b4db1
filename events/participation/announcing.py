"""Telling those who took part that the recording is there."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from activities.models.running import has_recording
from notifications import mailings, outbox
from notifications.models import Mailing
from typed_records.locks import locked

from ..mails.afterwards import RECORDING
from ..models import Event, RegistrationQuerySet
from ..places.readers import reader_of
from .audience import who_took_part


@transaction.atomic
def announce_recording(*, event: Event, by: User | None) -> Mailing | None:
    """Writes to those who took part and have not been told yet. The mailing, or None when there is nobody to tell.
    ValidationError, in words for an officer, when there is nothing to announce."""
    event = locked(event)
    refuse_announcement(event=event)
    untold = list(not_told(event).with_readers())
    if not untold:
        return None
    label = _("Recording ready: %(event)s") % {"event": event.title}
    mailing = mailings.open_mailing(label=label, kind=RECORDING.name, by_id=by.pk if by else None)
    readers = [(reader_of(one), f"{one.pk}.m{mailing.pk}") for one in untold]
    outbox.put_many(kind=RECORDING.name, subject=event, readers=readers, mailing=mailing)
    return mailing


def refuse_announcement(*, event: Event) -> None:
    if not has_recording(event):
        raise ValidationError(_("There is no recording yet. Put it up first: a file, or the address where it stands."))
    if event.status == Event.Status.CANCELLED:
        raise ValidationError(_("The event was cancelled: there is nothing to announce."))


def not_told(event: Event) -> RegistrationQuerySet:
    """Who took part and has no mail about the recording; one that was called back counts as none."""
    told = outbox.about(event).filter(kind=RECORDING.name).exclude(state="dropped").values_list("occurrence", flat=True)
    return who_took_part(event).exclude(pk__in=[int(one.partition(".")[0]) for one in told])
