"""Questions sent in advance: who may, how many, with or without a name, and who reads them."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import Person
from activities.models import AdvanceQuestion, Session
from events.models import Registration
from tests.factories import EventFactory, PersonFactory, RegistrationFactory, UserFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db
START = dt.datetime(2030, 10, 1, 1, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _before() -> Any:
    with time_machine.travel(START - dt.timedelta(days=3), tick=False):
        yield


@pytest.fixture
def registration() -> Registration:
    event = EventFactory(starts_at=START, title="Lakes", format="online")
    event.sessions.create(title="Birds", starts_at=START, ends_at=START + dt.timedelta(minutes=30))
    return RegistrationFactory(event=event, person__name="Bat")


def ask(client: Client, registration: Registration, text: str = "How deep?", **data: str) -> Any:
    return client.post(f"/join/{registration.join_token}/question/", {"text": text, **data}, follow=True)


def test_question_is_kept_with_its_session_and_shown_to_who_asked(registration: Registration, client: Client) -> None:
    session = registration.event.sessions.get()
    answer = ask(client, registration, session=str(session.pk))
    [question] = AdvanceQuestion.objects.all()
    assert (question.text, question.session, question.person, question.state) == (
        "How deep?", session, registration.person, "new",
    )  # fmt: skip
    assert "How deep?" in answer.content.decode()


def test_question_without_a_name_belongs_to_nobody(registration: Registration, client: Client) -> None:
    answer = ask(client, registration, without_name="on")
    assert AdvanceQuestion.objects.get().person is None
    assert "How deep?" not in answer.content.decode()


def test_name_is_taken_away_by_who_asked_and_by_nobody_else(registration: Registration, client: Client) -> None:
    ask(client, registration)
    question = AdvanceQuestion.objects.get()
    other = RegistrationFactory(event=registration.event)
    assert client.post(f"/join/{other.join_token}/question/{question.pk}/nameless/").status_code == 404
    client.post(f"/join/{registration.join_token}/question/{question.pk}/nameless/")
    question.refresh_from_db()
    assert (question.person, question.text) == (None, "How deep?")


def test_five_questions_are_taken_with_and_without_a_name(registration: Registration, client: Client) -> None:
    for number in range(5):
        ask(client, registration, f"Question {number}", **({"without_name": "on"} if number % 2 else {}))
    answer = ask(client, registration, "One more")
    assert AdvanceQuestion.objects.count() == 5
    assert "as many as one person can send" in answer.content.decode()
    assert "One more" in answer.content.decode(), "what was typed is kept"


def test_empty_question_is_refused_with_the_summary(registration: Registration, client: Client) -> None:
    text = ask(client, registration, "  ").content.decode()
    assert 'class="error-summary"' in text
    assert not AdvanceQuestion.objects.exists()


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_who_has_no_place_sends_none(registration: Registration, client: Client, state: str) -> None:
    Registration.objects.update(state=state)
    ask(client, registration)
    assert not AdvanceQuestion.objects.exists()


def test_session_of_another_event_is_no_choice(registration: Registration, client: Client) -> None:
    other = EventFactory().sessions.create(title="X", starts_at=START, ends_at=START + dt.timedelta(minutes=30))
    ask(client, registration, session=str(other.pk))
    assert not AdvanceQuestion.objects.exists()


# Trainers -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def trainer(registration: Registration) -> Person:
    person: Person = PersonFactory(user=UserFactory(), name="Saruul")
    registration.event.sessions.get().trainers.add(person)
    return person


def asked(event: Any, text: str, session: Session | None = None, **facts: Any) -> None:
    AdvanceQuestion.objects.create(activity=event, text=text, session=session, language="en", **facts)


def test_trainer_reads_questions_of_own_sessions_only(registration: Registration, trainer: Person) -> None:
    event = registration.event
    mine = event.sessions.get()
    other = event.sessions.create(title="Fish", starts_at=START, ends_at=START + dt.timedelta(minutes=30))
    asked(event, "to my session", mine, person=registration.person)
    asked(event, "to everybody")
    asked(event, "to the fish", other)
    asked(event, "rude", mine, state="hidden")
    asked(EventFactory(), "elsewhere")
    text = signed_in(trainer.user).get("/me/sessions/").content.decode()
    for words in ("to my session", "to everybody", "Bat", "Without a name"):
        assert words in text
    for words in ("to the fish", "rude", "elsewhere"):
        assert words not in text


def test_stranger_leads_no_session(registration: Registration, trainer: Person, stranger: Person) -> None:
    asked(registration.event, "to everybody")
    text = signed_in(stranger.user).get("/me/sessions/").content.decode()
    assert "You lead no session." in text
    assert "to everybody" not in text


def test_sessions_are_for_people_signed_in(client: Client) -> None:
    assert client.get("/me/sessions/").status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_sessions_need_the_same_queries_for_any_number(
    registration: Registration, trainer: Person, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count - 1):
        event = EventFactory(starts_at=START)
        start = START + dt.timedelta(hours=number)
        session = event.sessions.create(title="S", starts_at=start, ends_at=start + dt.timedelta(minutes=30))
        session.trainers.add(trainer)
        asked(event, "?", session, person=PersonFactory())
    client = signed_in(trainer.user)
    client.get("/me/sessions/")
    with django_assert_num_queries(8):
        assert len(client.get("/me/sessions/").context["sessions"]) == count


def test_officer_hides_a_question_and_takes_a_name_away(registration: Registration, officer_client: Client) -> None:
    asked(registration.event, "rude", person=registration.person)
    question = AdvanceQuestion.objects.get()
    for action in ("hide", "take_names_away"):
        data = {"action": action, "_selected_action": [question.pk]}
        assert officer_client.post("/admin/events/advancequestion/", data).status_code == 302
    question.refresh_from_db()
    assert (question.state, question.person) == ("hidden", None)
