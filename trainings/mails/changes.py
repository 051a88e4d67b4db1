"""Mails that a training was moved, postponed, cancelled or takes place after all, or that there is more time to apply."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.persons.recipients import person_id_of
from activities.icalendar.entries import invitation, withdrawal
from activities.icalendar.guests import guest_of
from activities.models.times import start_before
from notifications.mail_types import CalendarPart, Drop, Facts, FactsOf, MailType, register
from records.formats.date_formatting import on_clock

from ..models import Application, Training
from .facts import CANCELLED, GONE, OVERTAKEN, facts_of, facts_of_training

NOT_THERE: Final = Drop(_("The person no longer has an application."))
Holds = Callable[[Training], bool]


def _facts(holds: Holds) -> FactsOf:
    """Facts as long as the training still stands as the mail says."""

    def find(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        found = Application.objects.active().select_related("training", "person__care_of", "seat_class", "member_state")
        application = found.filter(training=subject_id, person=person_id_of(recipient_key)).first()
        if application is None:
            return NOT_THERE
        training = application.training
        if occurrence.partition(".")[2] != str(training.sequence) or not holds(training):
            return OVERTAKEN
        was = training.postponements.exclude(moved_at=None).last()
        before = {"was": start_before(was, training)} if was else {}
        has_seat = application.state == Application.State.CONFIRMED
        return Facts(facts_of(application) | before | {"has_seat": has_seat}, _calendar(application))

    return find


def _calendar(application: Application) -> CalendarPart | None:
    """The entry for the calendar of somebody who comes, with their name."""
    training, guest = application.training, guest_of(application.person)
    if guest is None or application.state != Application.State.CONFIRMED:
        return None
    made = withdrawal if _is_cancelled(training) else invitation
    return made(training, guest=guest)


def _is_cancelled(training: Training) -> bool:
    return training.status == Training.Status.CANCELLED


def _takes_place(training: Training) -> bool:
    return not _is_cancelled(training)


def _change(name: str, label: Promise, holds: Holds) -> MailType:
    """Such a mail cannot be declined: somebody may be on the way."""
    return register(
        MailType(
            name=f"trainings.{name}", label=label, topic="applications", facts=_facts(holds), template=f"trainings/{name}",
            service=True, lifetime=dt.timedelta(days=14),
        )
    )  # fmt: skip


MOVED: Final = _change("moved", _("Training moved"), _takes_place)
POSTPONED: Final = _change("postponed", _("Training postponed, new day not known"), _takes_place)
CALLED_OFF: Final = _change("cancelled", _("Training cancelled"), _is_cancelled)
REOPENED: Final = _change("reopened", _("Training takes place after all"), _takes_place)
NAMES: Final = [kind.name for kind in (MOVED, POSTPONED, CALLED_OFF, REOPENED)]


def _extended(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    training = Training.objects.filter(pk=subject_id).first()
    reader = Person.objects.known().filter(pk=person_id_of(recipient_key)).first()
    if training is None or reader is None:
        return GONE
    if _is_cancelled(training):
        return CANCELLED
    latest = training.extensions.last()
    if latest is None or occurrence.partition(".")[2] != str(latest.pk):
        return OVERTAKEN
    closes = training.nominations_close_at
    if closes is None or closes <= timezone.now():
        return Drop(_("The new deadline is over."))
    here, own = on_clock(closes, training.deadline_zone), on_clock(closes, reader.own_zone or training.deadline_zone)
    return Facts(facts_of_training(training, reader.own_zone) | {
        "deadline": here, "own_deadline": own if own != here else None, "was": on_clock(latest.was, training.deadline_zone),
        "apply_url": settings.SITE_URL + reverse("training-apply", args=[training.slug]),
    })  # fmt: skip


EXTENDED: Final = register(
    MailType(
        name="trainings.deadline_extended", label=_("Deadline extended"), topic="applications", facts=_extended,
        template="trainings/deadline_extended", service=True, lifetime=dt.timedelta(days=14),
    )
)  # fmt: skip
