"""The follow-up form: what is asked of people who have confirmed their seat, and erased after the training."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.persons.recipients import recipient_of
from notifications import outbox

from ..mails import follow_up as mails
from ..models import Application, ApplicationFile, Question, Training
from . import application_files
from .conditions import TAKES_PART, fresh, refuse_not_taking_part
from .questions import lacking, to_answer
from .transitions import State

REMINDED: Final = dt.timedelta(days=3)
Purpose = ApplicationFile.Purpose


def questions_of(training: Training) -> list[Question]:
    return [one for one in training.questions.all() if one.asked and one.follow_up]


def erased_on(training: Training) -> dt.date:
    """The day on which these answers are erased: so many days after the training has ended."""
    end = (training.ends_at or training.starts_at) + dt.timedelta(days=settings.RETENTION_DAYS["follow-up"])
    return end.astimezone(training.zone).date()


def is_open(application: Application, now: dt.datetime) -> bool:
    """Whether something is still asked of the person: until the last day to answer, without one until the start."""
    closes = application.training.follow_up_closes_at or application.training.starts_at
    return application.state in TAKES_PART and now < closes


@transaction.atomic
def save(
    *, application: Application, questions: Sequence[Question], answers: Mapping[str, object], may_be_listed: bool,
    by: User | None, at: dt.datetime | None = None, seen: int | None = None,
) -> Application:  # fmt: skip
    """Keeps what a participant answers; it may be changed until the form closes. Files are handed in before (`applying`)."""
    at = at or timezone.now()
    application = fresh(application, seen)
    refuse_not_taking_part(application)
    if not is_open(application, at):
        raise ValidationError(_("The form is closed. Write to the secretariat."), code="over")
    written = {code: value for code, value in answers.items() if value not in (None, "", [])}
    opened = {one.code for one in to_answer(questions, written)}
    files = {one.code: one for one in application.files.filter(purpose=Purpose.FOLLOW_UP)}
    if lacks := lacking(questions, written, files):
        raise ValidationError(
            _("The form is not complete. Missing: %(questions)s."),
            params={"questions": "; ".join(one.label for one in lacks)}, code="incomplete",
        )  # fmt: skip
    shown = {one.code for one in questions}
    kept = {code: value for code, value in application.follow_up.items() if code not in shown}
    application.follow_up = {**kept, **{code: value for code, value in written.items() if code in opened}}
    application.follow_up_at, application.may_be_listed = at, may_be_listed
    application.version += 1
    application.save(update_fields=["follow_up", "follow_up_at", "may_be_listed", "version"])
    application_files.remove(one for code, one in files.items() if code in shown - opened)
    return application


def ask(*, application: Application) -> bool:
    """Writes to somebody whose seat has just been confirmed, when the training asks anything more. Whether it does."""
    training = application.training
    if not training.asks_presentation and not training.questions.filter(follow_up=True, asked=True).exists():
        return False
    outbox.put(kind=mails.ASKED.name, subject=application, recipient=recipient_of(application.person))
    return True


def plan_reminders() -> int:
    """Reminds, three days before the form closes, everybody who has not sent it. How many mails are new."""
    now = timezone.now()
    waiting = Application.objects.filter(
        state=State.CONFIRMED, follow_up_at=None, training__follow_up_closes_at__gt=now,
        training__follow_up_closes_at__lte=now + REMINDED, training__questions__follow_up=True,
        training__questions__asked=True,
    )  # fmt: skip
    waiting = waiting.exclude(training__status=Training.Status.CANCELLED).distinct().with_readers()
    new = 0
    for application in waiting.select_related("training"):
        closes = application.training.follow_up_closes_at
        new += outbox.put(
            kind=mails.REMINDER.name, subject=application, recipient=recipient_of(application.person),
            occurrence=closes.isoformat() if closes else "",
        )  # fmt: skip
    return new


@transaction.atomic
def erase(before: dt.datetime) -> int:
    """Erases the answers of trainings that ended before a moment, and the files handed in with them. How many people's."""
    over = Application.objects.annotate(over=Coalesce("training__ends_at", "training__starts_at")).filter(
        over__lt=before
    )
    files = ApplicationFile.objects.filter(application__in=over, purpose=Purpose.FOLLOW_UP)
    held = over.filter(~Q(follow_up={}) | Q(pk__in=files.values("application")))
    selected = list(held.values_list("pk", flat=True))
    application_files.remove(files)
    Application.objects.filter(pk__in=selected).update(follow_up={})
    return len(selected)
