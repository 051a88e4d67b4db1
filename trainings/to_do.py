"""What is to be done about trainings: taking a seat in time, finishing an application, answering what is asked, coming."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.persons.to_do import Reader, Task, register_tasks

from .applications.status_text import acts_of, deadline_of
from .models import Application, Training
from .workflow import follow_up

State = Application.State
AHEAD: Final = dt.timedelta(days=30)  # how long before its start a training is told


def applications(reader: Reader) -> Iterator[Task]:
    own = Application.objects.filter(person=reader.person, training__status=Training.Status.ANNOUNCED)
    open_ones = own.filter(training__starts_at__gt=reader.now).select_related("training", "seat_class")
    for one in open_ones.prefetch_related("training__questions"):
        training, page = one.training, reverse("me-application", args=[one.reference])
        if "confirm" in acts_of(one, reader.now):
            yield Task(
                _("Take your seat"), training.title, page, _("Take the seat"), until=one.answer_by,
                detail=". ".join(filter(None, (str(one.seat_class or ""), _("After that it goes to the next person.")))),
                otherwise=_("I cannot come"), otherwise_address=f"{page}?ask=decline",
            )  # fmt: skip
        elif one.state == State.DRAFT and deadline_of(one) > reader.now:
            yield Task(
                _("Finish your application"), training.title, reverse("training-apply", args=[training.slug]), _("Go on"),
                until=deadline_of(one), detail=_("It is a draft: it is not sent yet."),
            )  # fmt: skip
        elif one.state == State.CONFIRMED:
            yield from _with_a_seat(one, page, reader.now)


def _with_a_seat(one: Application, page: str, now: dt.datetime) -> Iterator[Task]:
    training = one.training
    asks = training.asks_presentation or bool(follow_up.questions_of(training))
    if asks and one.follow_up_at is None and follow_up.is_open(one, now):
        yield Task(
            _("Answer the questions for your seat"), training.title, reverse("me-follow-up", args=[one.reference]),
            _("Answer"), until=training.follow_up_closes_at or training.starts_at,
        )  # fmt: skip
    if training.starts_at - now < AHEAD:
        yield Task(
            _("Your training begins"),
            training.title,
            page,
            _("My seat"),
            begins=training.starts_at,
            detail=training.venue,
        )


register_tasks("trainings.applications", applications)
