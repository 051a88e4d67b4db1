"""What is asked of people with a seat: by page and by signed address, reminded of, erased after the training; the list."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Person
from history import retention
from notifications.mail_types import Drop, get
from notifications.models import Mail
from notifications.planning import plan
from tests.factories import ApplicationFactory, MemberStateFactory, PersonFactory
from tests.people import signed_in
from tests.trainings.open_calls import NOW, PDF, START, ask, call, confirmed
from trainings.mails.signed_links import token_of
from trainings.models import Application, ApplicationFile, Training
from trainings.workflow import follow_up, progress

pytestmark = pytest.mark.django_db
LAST = NOW + dt.timedelta(days=40)
OWN = "/me/applications/T27-ABCDE/follow-up/"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def training() -> Training:
    training = call(
        asks_presentation=True, follow_up_closes_at=LAST, ends_at=START + dt.timedelta(days=4), end_precision="day"
    )
    ask(training, "passport", follow_up=True, required=True, label="Name in the passport")
    ask(training, "visa", "file", follow_up=True)
    ask(training, "why", required=True)
    return training


@pytest.fixture
def seat(training: Training, stranger: Person) -> Application:
    return confirmed(training, stranger, answers={"why": "x"})


def kinds() -> list[str]:
    return list(
        Mail.objects.filter(kind__startswith="trainings.follow_up").order_by("pk").values_list("kind", flat=True)
    )


def test_answered_on_the_own_page_with_files_and_consent(seat: Application, stranger: Person) -> None:
    jin = signed_in(stranger.user)
    page = jin.get(OWN).content.decode()
    assert "they are erased by 3 September 2027" in page
    assert "Question why" not in page
    wrong = jin.post(OWN, {"q-visa": SimpleUploadedFile("visa.pdf", PDF)})
    assert set(wrong.context["form"].errors) == {"q-passport"}
    assert "visa.pdf" in wrong.content.decode()
    files = {"presentation": SimpleUploadedFile("talk.pdf", PDF)}
    answer = jin.post(OWN, {"q-passport": "PARK JIN", "may_be_listed": "on", **files})
    assert answer["Location"] == "/me/applications/T27-ABCDE/"
    seat.refresh_from_db()
    assert (seat.follow_up, seat.may_be_listed, seat.follow_up_at) == ({"passport": "PARK JIN"}, True, NOW)
    assert sorted(seat.files.values_list("purpose", "name")) == [
        ("follow_up", "visa.pdf"),
        ("presentation", "talk.pdf"),
    ]
    assert seat.answers == {"why": "x"}


def test_answered_behind_the_signed_address_without_an_account(training: Training, client: Client) -> None:
    ranger = PersonFactory(name="Dorj")
    seat = confirmed(training, ranger)
    address = f"/trainings/course/applications/{token_of(seat)}/follow-up/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"q-passport": "DORJ"}).status_code == 302
    seat.refresh_from_db()
    assert (seat.follow_up, seat.may_be_listed) == ({"passport": "DORJ"}, False)
    assert client.get("/trainings/course/applications/1:forged/follow-up/").status_code == 404
    assert client.get(f"/trainings/other/applications/{token_of(seat)}/follow-up/").status_code == 404


@pytest.mark.parametrize(
    "state", ["submitted", "endorsed", "shortlisted", "selected", "not_selected", "reserve_list", "declined", "withdrawn", "no_show"]
)  # fmt: skip
def test_nobody_else_is_asked(seat: Application, stranger: Person, state: str) -> None:
    facts = {"reserve_rank": 1} if state == "reserve_list" else {}
    facts |= {"answer_by": LAST} if state == "selected" else {}
    Application.objects.update(state=state, **facts)
    jin, token = signed_in(stranger.user), f"/trainings/course/applications/{token_of(seat)}/follow-up/"
    for address in (OWN, token):
        assert jin.get(address).status_code == 404
        assert jin.post(address, {"q-passport": "x"}).status_code == 404
    assert Application.objects.get().follow_up == {}


@pytest.mark.parametrize(("seconds", "kept"), [(-1, True), (0, False)])
def test_form_closes_at_its_instant(seat: Application, stranger: Person, clock: Any, seconds: int, kept: bool) -> None:
    clock.move_to(LAST + dt.timedelta(seconds=seconds))
    signed_in(stranger.user).post(OWN, {"q-passport": "PARK", "presentation": SimpleUploadedFile("a.pdf", PDF)})
    assert (Application.objects.get().follow_up != {}) == kept
    assert ApplicationFile.objects.exists() == kept


def test_asked_when_a_seat_is_confirmed_and_reminded_three_days_before(
    training: Training, seat: Application, clock: Any
) -> None:
    Application.objects.update(state="selected", answer_by=NOW + dt.timedelta(days=5))
    progress.confirm(application=seat, by=None)
    assert kinds() == ["trainings.follow_up_asked"]
    clock.move_to(LAST - dt.timedelta(days=3, seconds=1))
    plan()
    assert len(kinds()) == 1
    clock.move_to(LAST - dt.timedelta(days=3))
    plan()
    plan()
    assert kinds() == ["trainings.follow_up_asked", "trainings.follow_up_reminder"]
    reminder = Mail.objects.get(kind="trainings.follow_up_reminder")
    facts = get(reminder.kind).facts
    assert not isinstance(facts(seat.pk, reminder.recipient_key, reminder.occurrence), Drop)
    follow_up.save(application=seat, questions=[], answers={}, may_be_listed=False, by=None)
    assert isinstance(facts(seat.pk, reminder.recipient_key, reminder.occurrence), Drop)


def test_call_without_further_questions_asks_nothing() -> None:
    training = call()
    seat = confirmed(training, PersonFactory())
    Application.objects.update(state="selected", answer_by=NOW + dt.timedelta(days=5))
    progress.confirm(application=seat, by=None)
    assert kinds() == []


def test_whoever_has_answered_is_not_reminded(seat: Application, clock: Any) -> None:
    follow_up.save(application=seat, questions=[], answers={}, may_be_listed=False, by=None)
    clock.move_to(LAST - dt.timedelta(days=1))
    plan()
    assert kinds() == []


@pytest.mark.parametrize(("days", "left"), [(89, {"passport": "PARK"}), (91, {})])
def test_answers_and_their_files_are_erased_after_the_training(
    seat: Application, stranger: Person, clock: Any, days: int, left: dict[str, str]
) -> None:
    signed_in(stranger.user).post(
        OWN,
        {
            "q-passport": "PARK",
            "q-visa": SimpleUploadedFile("visa.pdf", PDF),
            "presentation": SimpleUploadedFile("t.pdf", PDF),
        },
    )
    clock.move_to(START + dt.timedelta(days=4 + days))
    runs = {run.rule: run.rows for run in retention.purge()}
    assert runs["follow-up"] == (0 if left else 1)
    seat.refresh_from_db()
    assert (seat.follow_up, seat.answers) == (left, {"why": "x"})
    purposes = ["follow_up", "presentation"] if left else ["presentation"]
    assert sorted(seat.files.values_list("purpose", flat=True)) == purposes
    assert {run.rule: run.rows for run in retention.purge()}["follow-up"] == 0


def test_list_shows_those_who_agree_to_those_who_agree(seat: Application, training: Training, stranger: Person) -> None:
    mongolia = MemberStateFactory(code="MN")
    for name, listed, state in (("Aiko", True, "confirmed"), ("Vera", False, "confirmed"), ("Oyun", True, "withdrawn"), ("Bat", None, "confirmed")):  # fmt: skip
        ApplicationFactory(
            training=training, person=PersonFactory(name=name), state=state, submitted_at=NOW, may_be_listed=listed, member_state=mongolia
        )  # fmt: skip
    jin, address = signed_in(stranger.user), "/me/applications/T27-ABCDE/participants/"
    assert jin.get(address).status_code == 404
    jin.post("/me/applications/T27-ABCDE/", {"act": "list"})
    assert [one.person.name for one in jin.get(address).context["listed"]] == ["Aiko", "Jin"]
    jin.post("/me/applications/T27-ABCDE/", {"act": "unlist"})
    assert jin.get(address).status_code == 404
