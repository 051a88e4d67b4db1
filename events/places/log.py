"""The log of a registration, and the mail that goes with a step of it."""

from accounts.models import User
from notifications import outbox
from notifications.mail_types import MailType

from ..models import Registration, RegistrationStep
from .readers import reader_of


def step(
    registration: Registration, why: str, by: User | None = None, *, tell: MailType | None = None, reason: str = ""
) -> RegistrationStep:
    """Writes down what became of a registration just now, and why; `tell` says it to the person, once for this step, with the
    `reason` that the person may read."""
    made = registration.steps.create(state=registration.state, why=why, by_id=by.pk if by else None)
    if tell is not None:
        recipient = reader_of(registration)
        said = {"reason": reason} if reason else {}
        outbox.put(kind=tell.name, subject=registration, recipient=recipient, occurrence=str(made.pk), payload=said)
    return made
