"""Mails after an event: the recording is there."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from activities.models.running import has_recording
from notifications.mail_types import Drop, Facts, MailType, register

from ..models import Event, Registration
from .facts import AFTERWARDS, GONE, NOT_REGISTERED, facts_of, registration_of


def _recording(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    event = Event.objects.filter(pk=subject_id).first()
    if event is None:
        return GONE
    if not has_recording(event):
        return Drop(_("The recording was taken away again."))
    registration = registration_of(subject_id, recipient_key)
    if registration is None or registration.state != Registration.State.CONFIRMED:
        return NOT_REGISTERED
    return Facts(facts_of(registration))


RECORDING: Final = register(
    MailType(
        name="events.recording", label=_("Recording ready"), topic=AFTERWARDS.name, facts=_recording,
        template="events/recording",
    )
)  # fmt: skip
