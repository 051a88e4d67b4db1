"""A call with a form, and people who answer it: the ground of the tests of applying."""

import datetime as dt
from typing import Any

from accounts.models import Person
from tests.factories import ApplicationFactory, MemberStateFactory, SeatClassFactory, TrainingFactory
from trainings.models import Application, Question, SeatClass, Training

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
CLOSES = dt.datetime(2027, 3, 31, 21, 59, tzinfo=dt.UTC)  # 23:59 in Paris, when it is the next day in Asia
START = dt.datetime(2027, 6, 1, 1, tzinfo=dt.UTC)
PDF = b"%PDF-1.7 a letter"

FIELDS: dict[str, Any] = {
    "name": "Jin Park", "native_name": "", "native_language": "", "member_state": "MN", "organisation": "Hustai",
    "position": "Ranger", "time_zone": "Asia/Ulaanbaatar", "sex": "not_stated", "birth_year": "", "nationality": "", "site": "",
}  # fmt: skip


def call(**facts: Any) -> Training:
    """Open from yesterday until CLOSES, in Paris."""
    dates = {"starts_at": START, "call_opens_at": NOW - dt.timedelta(days=1), "nominations_close_at": CLOSES}
    return TrainingFactory(**{"slug": "course", "title": "Course", **dates, "deadline_zone": "Europe/Paris", **facts})


def seats(training: Training, **facts: Any) -> SeatClass:
    return SeatClassFactory(training=training, **{"covers": "Travel and hotel", **facts})


def ask(training: Training, code: str, kind: str = "short", **facts: Any) -> Question:
    label = facts.pop("label", f"Question {code}")
    return Question.objects.create(
        training=training, code=code, kind=kind, label=label, label_en=label, order=training.questions.count(), **facts
    )


def choices(*codes: str, **labels: dict[str, str]) -> list[dict[str, Any]]:
    return [{"code": code, "label": {"en": code.capitalize(), **labels.get(code, {})}} for code in codes]


def confirmed(training: Training, person: Person, **facts: Any) -> Application:
    return ApplicationFactory(
        training=training, person=person, state="confirmed", submitted_at=NOW, member_state=MemberStateFactory(code="MN"),
        seat_class=training.seat_classes.first() or seats(training), reference=facts.pop("reference", "T27-ABCDE"), **facts,
    )  # fmt: skip
