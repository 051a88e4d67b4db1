"""A training that was held, with sessions, people and minutes."""

import datetime as dt
from typing import Any

from accounts.models import Person
from activities.models import Attendance, Session
from tests.factories import ApplicationFactory, MemberStateFactory, PersonFactory, TrainingFactory
from trainings.models import Application, Training

START = dt.datetime(2026, 5, 4, 1, tzinfo=dt.UTC)  # 9 o'clock in Ulaanbaatar
HOUR = dt.timedelta(hours=1)


def held_training(*hours: int, **facts: Any) -> Training:
    """A session each day, as long as said; two of two hours otherwise."""
    days = hours or (2, 2)
    last = START + dt.timedelta(days=len(days) - 1) + days[-1] * HOUR
    training: Training = TrainingFactory(
        **{
            "title": "Monitoring of lakes", "starts_at": START, "ends_at": last, "end_precision": "minute", "status": "held",
            "timezone": "Asia/Ulaanbaatar", "gives_certificates": True, "format": "onsite", **facts,
        }
    )  # fmt: skip
    for day, long in enumerate(days):
        begins = START + dt.timedelta(days=day)
        Session.objects.create(
            activity=training, title=f"Day {day + 1}", starts_at=begins, ends_at=begins + long * HOUR
        )
    return training


def taking_part(training: Training, state: str = "confirmed", **facts: Any) -> Application:
    person = facts.pop("person", None) or PersonFactory(**{"name": "Bat", **facts})
    made: Application = ApplicationFactory(
        training=training, person=person, state=state, submitted_at=START - 90 * HOUR,
        member_state=person.member_state or MemberStateFactory(code="MN"),
        **({"answer_by": START} if state == "selected" else {}),
    )  # fmt: skip
    return made


def present(training: Training, person: Person, *minutes: int) -> None:
    """Minutes in each session, in their order."""
    for session, number in zip(training.sessions.all(), minutes, strict=True):
        Attendance.objects.create(session=session, person=person, minutes=number, source="signed")
