"""Mails that ask for answers to the survey of an event, and remind those who have not answered."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.mail_types import Drop, Facts, MailType, register
from records.formats.date_formatting import moment_words
from records.formats.partial_dates import Precision

from ..models import Registration, Survey
from ..models.survey_times import closes_at, is_open
from .facts import AFTERWARDS, GONE, NOT_REGISTERED, facts_of, registration_of


def _survey(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    survey = Survey.objects.select_related("event").filter(pk=subject_id).first()
    if survey is None:
        return GONE
    registration = registration_of(survey.event_id, recipient_key)
    if registration is None or registration.state != Registration.State.CONFIRMED:
        return NOT_REGISTERED
    if not is_open(survey):
        return Drop(_("The survey is closed."))
    if survey.answered.filter(registration=registration).exists():
        return Drop(_("The person has answered."))
    zone = survey.event.timezone
    return Facts(
        facts_of(registration)
        | {
            "survey_url": settings.SITE_URL + reverse("join-survey", args=[registration.join_token]),
            "last_day": moment_words(closes_at(survey), zone, Precision.DAY),
        }
    )


def _kind(name: str, label: Promise) -> MailType:
    return register(
        MailType(name=f"events.{name}", label=label, topic=AFTERWARDS.name, facts=_survey, template=f"events/{name}")
    )


SURVEY: Final = _kind("survey", _("Survey"))
SURVEY_REMINDER: Final = _kind("survey_reminder", _("Survey: reminder"))
