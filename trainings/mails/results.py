"""The mail that tells a focal point what was decided about the applicants of the own state."""

import datetime as dt
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.persons.recipients import person_id_of
from notifications.mail_types import Drop, Facts, MailType, register

from ..models import SelectionDecision, Training
from .facts import CANCELLED, GONE, OVERTAKEN, facts_of_training


def occurrence_of(member_state_id: str, mailing_id: int) -> str:
    return f"{member_state_id}.{mailing_id}"


def _results(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    """Those of a state who are told in one mailing, as long as what they are told still stands."""
    training = Training.objects.filter(pk=subject_id).first()
    reader = Person.objects.filter(pk=person_id_of(recipient_key)).first()
    code, _dot, mailing = occurrence.partition(".")
    if training is None or reader is None or not mailing.isdecimal():
        return GONE
    if training.status == Training.Status.CANCELLED:
        return CANCELLED
    told = SelectionDecision.objects.of_training(training).filter(
        mailing=int(mailing), let_go_at__isnull=False, ended_at=None, application__member_state=code
    )
    lines = [
        {"name": one.application.person.name, "reference": one.application.reference, "result": one.get_to_state_display()}
        for one in told.select_related("application__person").order_by("to_state", "application__person__name")
    ]  # fmt: skip
    if not lines:
        return OVERTAKEN
    url = settings.SITE_URL + reverse("me-applications-of-state", args=[training.slug])
    return Facts(facts_of_training(training, reader.own_zone) | {"lines": lines, "state_url": url})


RESULTS: Final = register(
    MailType(
        name="trainings.results_of_state", label=_("Results of the selection"), topic="applications",
        facts=_results, template="trainings/results_of_state", service=True, lifetime=dt.timedelta(days=14),
    )
)  # fmt: skip
