"""Applications in every state, for tests of what can be done in each."""

import datetime as dt
from typing import Any

from accounts.models import Person
from tests.factories import ApplicationFactory, MemberStateFactory, PersonFactory
from trainings.models import Application, Training

from .open_calls import NOW, seats

STATES = tuple(Application.State.values)
WITH_SEAT = ("selected", "reserve_list", "confirmed", "declined", "attended", "no_show", "completed")


def in_state(training: Training, state: str, code: str = "MN", **facts: Any) -> Application:
    """An application with all that its state needs."""
    needed: dict[str, Any] = {} if state == "draft" else {"submitted_at": NOW - dt.timedelta(hours=5)}
    if state in WITH_SEAT:
        needed["seat_class"] = training.seat_classes.first() or seats(training)
    if state == "selected":
        needed["answer_by"] = NOW + dt.timedelta(days=7)
    if state == "reserve_list":
        needed["reserve_rank"] = 1
    if state in ("endorsed", "not_endorsed"):
        needed["endorsed"] = state == "endorsed"
    one: Application = ApplicationFactory(
        training=training, state=state, member_state=MemberStateFactory(code=code), **{**needed, **facts}
    )
    return one


def state_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def ranger(care_of: Person, **facts: Any) -> Person:
    mongolia = MemberStateFactory(code="MN")
    person: Person = PersonFactory(
        **{"name": "Dorj", "email": "", "care_of": care_of, "member_state": mongolia, **facts}
    )
    return person


def page_of(one: Application) -> str:
    return f"/me/applications/{one.training.slug}/{one.reference}/"


def text(response: Any) -> str:
    return str(response.content.decode())
