"""Mails about the follow-up form: asked when a seat is confirmed, reminded of before it closes."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.mail_types import Drop, Facts, MailType, register
from records.formats.date_formatting import on_clock

from ..models import Application, Training
from .facts import CANCELLED, OVERTAKEN, REMOVED, facts_of
from .signed_links import application_url


def follow_up_url(application: Application) -> str:
    """The form behind the signed address of the application."""
    return application_url(application) + "follow-up/"


def _facts(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    """Nothing more is asked once the form is sent, closed, or the seat given back."""
    found = Application.objects.select_related("training", "person__care_of", "seat_class")
    application = found.filter(pk=subject_id).first()
    if application is None:
        return REMOVED
    training = application.training
    if application.state != Application.State.CONFIRMED:
        return OVERTAKEN
    if training.status == Training.Status.CANCELLED:
        return CANCELLED
    if application.follow_up_at is not None:
        return Drop(_("The follow-up form was sent."))
    closes = training.follow_up_closes_at
    if (closes or training.starts_at) <= timezone.now():
        return Drop(_("The follow-up form is closed."))
    values: dict[str, object] = facts_of(application) | {
        "follow_up_url": follow_up_url(application),
        "closes": on_clock(closes, application.person.own_zone or training.timezone) if closes else None,
    }
    return Facts(values)


def _about(name: str, label: Promise, lifetime: int) -> MailType:
    return register(
        MailType(
            name=f"trainings.{name}", label=label, topic="applications", facts=_facts, template=f"trainings/{name}",
            service=True, lifetime=dt.timedelta(days=lifetime),
        )
    )  # fmt: skip


ASKED: Final = _about("follow_up_asked", _("Follow-up form asked"), 14)
REMINDER: Final = _about("follow_up_reminder", _("Follow-up form still to be sent"), 3)
