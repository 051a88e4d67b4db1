"""A survey: opening it, reminding of it, taking an answer. Anonymous, but counted: what somebody answered is kept apart
from the mark that they have answered, with nothing in common by which the two could be joined again."""

import random
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications import mailings, outbox
from notifications.mail_types import MailType
from notifications.models import Mailing

from ..mails import survey as kinds
from ..models import Registration, Survey, SurveyAnswer, SurveyAnswered, SurveyQuestion
from ..models.survey_times import is_closed, is_open
from ..places.readers import reader_of
from .audience import who_took_part

_shuffle = random.SystemRandom().shuffle


def asked(survey: Survey) -> QuerySet[Registration]:
    """Whom the survey asks."""
    return who_took_part(survey.event)


@transaction.atomic
def open_survey(*, survey: Survey, by: User | None) -> Mailing | None:
    """Takes answers from now on and writes to everybody asked. The mailing, or None when there is nobody to ask."""
    survey = _locked(survey)
    refuse_opening(survey=survey)
    survey.opened_at = timezone.now()
    mailing = _write(kinds.SURVEY, survey, asked(survey), _("Survey: %(event)s"), by, "")
    survey.mailing = mailing
    survey.save(update_fields=["opened_at", "mailing"])
    return mailing


def refuse_opening(*, survey: Survey) -> None:
    """ValidationError, in words for an officer, when a survey cannot be opened."""
    if survey.opened_at is not None:
        raise ValidationError(_("The survey was opened already."))
    if not survey.questions.exists():
        raise ValidationError(_("The survey has no question yet."))
    if survey.event.starts_at > timezone.now():
        raise ValidationError(_("The event has not begun yet. Ask people once they have seen it."))
    if survey.last_day < timezone.now().astimezone(survey.event.zone).date():
        raise ValidationError(_("The last day to answer is past. Choose a later one."))


@transaction.atomic
def remind(*, survey: Survey, by: User | None) -> Mailing | None:
    """Reminds those who have not answered: the marks say who has, and no more."""
    survey = _locked(survey)
    refuse_reminder(survey=survey)
    survey.reminders += 1
    survey.save(update_fields=["reminders"])
    silent = asked(survey).exclude(pk__in=survey.answered.values("registration"))
    return _write(
        kinds.SURVEY_REMINDER, survey, silent, _("Reminder of the survey: %(event)s"), by, f".{survey.reminders}"
    )


def refuse_reminder(*, survey: Survey) -> None:
    """ValidationError, in words for an officer, when nobody can be reminded."""
    if not is_open(survey):
        raise ValidationError(_("The survey is not open."))
    if survey.mailing and survey.mailing.goes_at > timezone.now() and survey.mailing.called_back_at is None:
        raise ValidationError(_("The first mail has not gone out yet."))


def _write(
    kind: MailType, survey: Survey, registrations: QuerySet[Registration], label: str, by: User | None, suffix: str
) -> Mailing | None:
    readers = [
        (reader_of(one), f"{one.pk}{suffix}") for one in registrations.select_related("person__care_of").order_by("pk")
    ]
    if not readers:
        return None
    words = label % {"event": survey.event.title}
    mailing = mailings.open_mailing(label=words, kind=kind.name, by_id=by.pk if by else None)
    outbox.put_many(kind=kind.name, subject=survey, readers=readers, mailing=mailing)
    return mailing


@transaction.atomic
def answer(*, survey: Survey, registration: Registration, answers: Mapping[SurveyQuestion, object]) -> None:
    """Takes somebody's answers: a text, the number of a choice or several numbers for each question.

    ValidationError when they have answered before or it is too late.
    """
    survey = _locked(survey)
    if not is_open(survey):
        raise ValidationError(_("The survey is closed."))
    marks = list(survey.answered.values_list("registration", "day"))
    if registration.pk in {number for number, _day in marks}:
        raise ValidationError(_("Your answers have been counted already. Thank you."))
    rows = [row for question, value in answers.items() for row in _rows(question, value)]
    _shuffle(rows)
    SurveyAnswer.objects.bulk_create(rows)
    # All marks anew and in random order: neither the order of rows nor the transaction that wrote them joins them to answers.
    marks.append((registration.pk, timezone.now().astimezone(survey.event.zone).date()))
    _shuffle(marks)
    survey.answered.all().delete()
    SurveyAnswered.objects.bulk_create(
        SurveyAnswered(survey=survey, registration_id=number, day=day) for number, day in marks
    )


def _rows(question: SurveyQuestion, value: Any) -> list[SurveyAnswer]:
    if value in (None, "", []):
        return []
    if question.kind == SurveyQuestion.Kind.TEXT:
        return [SurveyAnswer(question=question, text=str(value).strip()[:500])]
    chosen = value if isinstance(value, list) else [value]
    return [SurveyAnswer(question=question, choice=int(number)) for number in chosen]


def _locked(survey: Survey) -> Survey:
    return Survey.objects.select_for_update(of=("self",)).select_related("event", "mailing").get(pk=survey.pk)


__all__ = ["answer", "asked", "is_closed", "is_open", "open_survey", "refuse_opening", "refuse_reminder", "remind"]
