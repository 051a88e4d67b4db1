"""Mails about where an application stands: to the applicant at each step that concerns them, to focal points when asked."""

import datetime as dt
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.persons.recipients import person_id_of
from notifications.mail_types import Drop, Facts, FactsOf, MailType, register

from ..models import Application, Training
from .facts import CANCELLED, GONE, OVERTAKEN, REMOVED, facts_of, facts_of_training

State = Application.State


def _facts(*states: str) -> FactsOf:
    """Facts as long as the application still stands as the mail says."""

    def find(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        found = Application.objects.select_related("training", "person__care_of", "seat_class", "member_state")
        application = found.filter(pk=subject_id).first()
        if application is None:
            return REMOVED
        if application.state not in states:
            return OVERTAKEN
        if application.training.status == Training.Status.CANCELLED and application.state not in Application.GIVEN_UP:
            return CANCELLED
        if application.answer_by and application.answer_by <= timezone.now():
            return Drop(_("The time to answer is over."))
        return Facts(facts_of(application) | _told(application, occurrence))

    return find


def _told(application: Application, occurrence: str) -> dict[str, object]:
    """What the step itself says to the person; a rank is never told, it may change."""
    step = application.steps.filter(pk=occurrence).first() if occurrence.isdecimal() else None
    said = step.reason if step and step.reason_for == step.For.PERSON and step.by_id else ""
    return {"reason": said}


def _about(name: str, label: Promise, *states: str, lifetime: int = 14) -> MailType:
    return register(
        MailType(
            name=f"trainings.{name}", label=label, topic="applications", facts=_facts(*states),
            template=f"trainings/{name}", service=True, lifetime=dt.timedelta(days=lifetime),
        )
    )  # fmt: skip


RECEIVED: Final = _about("received", _("Application received"), State.SUBMITTED)
ENDORSED: Final = _about("endorsed", _("Application endorsed"), State.ENDORSED)
NOT_ENDORSED: Final = _about("not_endorsed", _("Application not endorsed"), State.NOT_ENDORSED)
SELECTED: Final = _about("selected", _("Selected"), State.SELECTED)
SEAT_OFFERED: Final = _about("seat_offered", _("Seat offered from the reserve list"), State.SELECTED)
EXPIRING: Final = _about("seat_expiring", _("Seat to be confirmed soon"), State.SELECTED, lifetime=1)
RESERVE_LIST: Final = _about("on_reserve_list", _("On the reserve list"), State.RESERVE_LIST)
NOT_SELECTED: Final = _about("not_selected", _("Not selected"), State.NOT_SELECTED)
SEAT_TAKEN_BACK: Final = _about("seat_taken_back", _("Seat taken back"), State.NOT_SELECTED, State.RESERVE_LIST)
CONFIRMED: Final = _about("confirmed", _("Seat confirmed"), State.CONFIRMED)
GIVEN_UP: Final = _about("given_up", _("Application withdrawn or seat declined"), State.WITHDRAWN, State.DECLINED)
LAPSED: Final = _about("seat_lapsed", _("Seat not confirmed in time"), State.DECLINED)


def _to_endorse(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    """How many of a state wait for the focal point's word now; nothing when none does."""
    training = Training.objects.filter(pk=subject_id).first()
    reader = Person.objects.filter(pk=person_id_of(recipient_key)).first()
    if training is None or reader is None:
        return GONE
    if training.status == Training.Status.CANCELLED:
        return CANCELLED
    waiting = training.applications.filter(member_state=occurrence.partition(".")[0], state=State.SUBMITTED).count()
    if not waiting:
        return Drop(_("Nobody waits for an endorsement any more."))
    url = settings.SITE_URL + reverse("me-applications-of-state", args=[training.slug])
    return Facts(facts_of_training(training, reader.own_zone) | {"waiting": waiting, "endorse_url": url})


TO_ENDORSE: Final = register(
    MailType(
        name="trainings.to_endorse", label=_("Applications to endorse"), topic="applications", facts=_to_endorse,
        template="trainings/to_endorse", service=True, lifetime=dt.timedelta(days=7),
    )
)  # fmt: skip
