"""Who is there, ticked in the room: by trainers of the session and officers, each tick for itself."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Person
from activities.models import Attendance, AttendanceCorrection, Session
from tests.factories import EventFactory, PersonFactory, RegistrationFactory
from tests.people import give_second_factor, signed_in
from tests.trainings.held import HOUR, START, held_training, taking_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(trainer: Person) -> Session:
    session: Session = held_training().sessions.all()[0]
    session.trainers.add(trainer)
    return session


def page_of(session: Any, kind: str = "training") -> str:
    return f"/me/sessions/{kind}/{session.pk}/presence/"


def minutes() -> dict[str, int]:
    return dict(Attendance.objects.values_list("person__name", "minutes"))


def send(client: Client, session: Any, seen: dict[Person, str], *there: Person) -> str:
    data = {"seen": [f"{one.pk}:{was}" for one, was in seen.items()], "there": [one.pk for one in there]}
    return client.post(page_of(session), data, follow=True).content.decode()


def test_ticks_set_and_take_away_the_whole_session(trainer: Person, session: Session) -> None:
    client = signed_in(trainer.user)  # type: ignore[arg-type]
    bat, jin = (taking_part(session.activity, name=name).person for name in ("Bat", "Jin"))
    page = client.get(page_of(session)).content.decode()
    assert f'value="{bat.pk}:-"' in page
    assert "1 person ticked." in send(client, session, {bat: "-", jin: "-"}, bat)
    assert minutes() == {"Bat": 120}
    assert f'value="{bat.pk}:120"' in client.get(page_of(session)).content.decode()
    send(client, session, {bat: "120", jin: "-"}, jin)
    assert minutes() == {"Jin": 120}
    notes = AttendanceCorrection.objects.values_list("person__name", "was", "became", "by")
    assert set(notes) == {
        ("Bat", None, 120, trainer.user_id), ("Bat", 120, None, trainer.user_id), ("Jin", None, 120, trainer.user_id),
    }  # fmt: skip


def test_page_sent_late_loses_no_tick_of_somebody_else(trainer: Person, session: Session) -> None:
    client = signed_in(trainer.user)  # type: ignore[arg-type]
    bat, jin = (taking_part(session.activity, name=name).person for name in ("Bat", "Jin"))
    blank = {bat: "-", jin: "-"}
    send(client, session, blank, bat)
    send(client, session, blank, jin)  # from a page on which Bat was not ticked yet
    assert minutes() == {"Bat": 120, "Jin": 120}


def test_minutes_that_somebody_else_has_set_stay_and_it_is_said(trainer: Person, session: Session) -> None:
    client = signed_in(trainer.user)  # type: ignore[arg-type]
    bat = taking_part(session.activity, name="Bat").person
    Attendance.objects.create(session=session, person=bat, minutes=45)
    assert "they stay: Bat" in send(client, session, {bat: "120"})
    assert minutes() == {"Bat": 45}


def test_who_is_not_expected_cannot_be_ticked(trainer: Person, session: Session) -> None:
    client = signed_in(trainer.user)  # type: ignore[arg-type]
    taking_part(session.activity, name="Bat")
    assert "is not expected any more" in send(client, session, {(other := PersonFactory()): "-"}, other)
    client.post(page_of(session), {"seen": ["x", "1:y", ":", f"{'9' * 30}:-", "-1:-"], "there": ["x"]})
    assert minutes() == {}


@pytest.mark.parametrize(
    ("who", "status"),
    [("trainer", 200), ("officer", 200), ("focal_point", 404), ("steward", 404), ("stranger", 404)],
)
def test_who_may_tick(who: str, status: int, session: Session, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    bat = taking_part(session.activity, name="Bat").person
    if who == "officer":
        give_second_factor(person.user)  # type: ignore[arg-type]
    client = signed_in(person.user)  # type: ignore[arg-type]
    assert client.get(page_of(session)).status_code == status
    client.post(page_of(session), {"seen": f"{bat.pk}:-", "there": bat.pk})
    assert minutes() == ({"Bat": 120} if status == 200 else {})


def test_officer_without_second_factor_is_asked_for_one(officer: Person, session: Session) -> None:
    assert "/accounts/2fa/" in signed_in(officer.user).get(page_of(session)).url  # type: ignore[arg-type]


def test_other_session_cancelled_training_and_unknown_kind_are_not_found(trainer: Person, session: Session) -> None:
    client = signed_in(trainer.user)  # type: ignore[arg-type]
    other = session.activity.sessions.exclude(pk=session.pk)[0]
    assert client.get(page_of(other)).status_code == 404
    assert client.get(page_of(session, "webinar")).status_code == 404
    type(session.activity).objects.update(status="cancelled")
    assert client.get(page_of(session)).status_code == 404


def test_event_is_ticked_by_the_same_page_and_both_stand_among_the_sessions(trainer: Person, session: Session) -> None:
    event = EventFactory(title="Webinar", status="held", starts_at=START, ends_at=START + HOUR, end_precision="minute")
    part = Session.objects.create(activity=event, title="Talk", starts_at=START, ends_at=START + HOUR)
    part.trainers.add(trainer)
    person = RegistrationFactory(event=event).person
    client = signed_in(trainer.user)  # type: ignore[arg-type]
    client.post(page_of(part, "event"), {"seen": f"{person.pk}:-", "there": person.pk})
    assert list(Attendance.objects.values_list("person", "minutes")) == [(person.pk, 60)]
    page = client.get("/me/sessions/").content.decode()
    assert page_of(part, "event") in page
    assert page_of(session) in page
