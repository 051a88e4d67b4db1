"""A training is moved, cancelled, reopened, its deadline extended: the trace, who is told what, what becomes of seats."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Person
from activities.rescheduling.moves import When
from notifications import mailings
from notifications.composing.letters import Letter, write
from notifications.models import Mail, Mailing
from tests.factories import (
    ApplicationFactory,
    MemberStateFactory,
    PersonFactory,
    RoleGrantFactory,
    SeatClassFactory,
    TrainingFactory,
)
from trainings.models import Application, Training
from trainings.workflow import progress, rescheduling

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
START = NOW + dt.timedelta(days=90)
CLOSES = NOW + dt.timedelta(days=10)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def training() -> Training:
    return TrainingFactory(
        title="Lakes", starts_at=START, call_opens_at=NOW - dt.timedelta(days=1), nominations_close_at=CLOSES,
        deadline_zone="Europe/Paris", endorsement_required=False, timezone="Asia/Tokyo",
    )  # fmt: skip


def application(training: Training, state: str, name: str, **facts: Any) -> Application:
    person = PersonFactory(name=name, email=f"{name.lower()}@example.org")
    sent = {} if state == "draft" else {"submitted_at": NOW}
    member_state = MemberStateFactory(code="MN")
    return ApplicationFactory(
        training=training, state=state, person=person, member_state=member_state, **{**sent, **facts}
    )


def told(mailing: Mailing | None) -> dict[str, str]:
    assert mailing is not None
    return dict(mailing.mails.values_list("email", "kind"))


def read(mail: Mail) -> str:
    letter = write(mail)
    assert isinstance(letter, Letter)
    return letter.text


def test_move_keeps_the_trace_and_tells_those_whose_application_stands(training: Training) -> None:
    for state, name in (("draft", "Draft"), ("withdrawn", "Gone"), ("not_selected", "Not"), ("submitted", "Sent")):
        application(training, state, name)
    confirmed = application(training, "confirmed", "Coming", seat_class=SeatClassFactory(training=training))
    to = When(START + dt.timedelta(days=7), "minute", None, "", "Asia/Tokyo")
    mailing = rescheduling.move(training=training, to=to, reason="The host asked", by=None)
    training.refresh_from_db()
    assert (training.starts_at, training.sequence) == (to.starts_at, 1)
    assert training.postponements.get().was_starts_at == START
    assert told(mailing) == dict.fromkeys(("sent@example.org", "coming@example.org"), "trainings.moved")
    mail = Mail.objects.get(recipient_key=f"person:{confirmed.person_id}")
    assert "The host asked" in read(mail)
    assert "Your seat is kept" in read(mail)


def test_cancelled_and_reopened_who_had_to_answer_has_time_anew(training: Training, clock: Any) -> None:
    seats = SeatClassFactory(training=training, seats=1)
    one, other = application(training, "submitted", "Bold"), application(training, "submitted", "Tuya")
    progress.select(application=one, seat_class=seats, by=None)
    progress.put_on_reserve_list(application=other, seat_class=seats, by=None)
    until = Application.objects.get(pk=one.pk).answer_by
    mailing = rescheduling.cancel(training=training, reason="Flood", by=None)
    assert set(told(mailing).values()) == {"trainings.cancelled"}
    assert Mail.objects.get(kind="trainings.seat_expiring").state == "dropped"
    clock.move_to(until + dt.timedelta(days=1))
    assert progress.settle_overdue() == 0  # nobody loses a seat while it is cancelled
    rescheduling.reopen(training=training, reason="", by=None)
    one.refresh_from_db()
    assert (one.state, one.answer_by) == ("selected", until + dt.timedelta(days=11))
    assert Mail.objects.filter(kind="trainings.seat_expiring", state="queued").count() == 1
    assert Training.objects.get().status == "announced"


def test_seat_given_back_while_it_was_cancelled_is_offered_once_it_takes_place(training: Training, clock: Any) -> None:
    seats = SeatClassFactory(training=training, seats=2)
    one, other = application(training, "submitted", "Bold"), application(training, "submitted", "Tuya")
    progress.select(application=one, seat_class=seats, by=None)
    progress.put_on_reserve_list(application=other, seat_class=seats, by=None)
    rescheduling.cancel(training=training, reason="Flood", by=None)
    clock.move_to(NOW + dt.timedelta(days=1))
    progress.decline(application=one, by=None)
    other.refresh_from_db()
    assert other.state == "reserve_list"
    rescheduling.reopen(training=training, reason="", by=None)
    other.refresh_from_db()
    assert other.state == "selected"


def test_extended_deadline_keeps_the_trace_and_tells_drafts_and_focal_points(
    training: Training, focal_point: Person
) -> None:
    draft = application(training, "draft", "Draft")
    application(training, "withdrawn", "Gone")
    mailing = rescheduling.extend_deadline(
        training=training, to=CLOSES + dt.timedelta(days=7), reason="Holidays", by=None
    )
    training.refresh_from_db()
    assert training.nominations_close_at == CLOSES + dt.timedelta(days=7)
    assert training.extensions.get().was == CLOSES
    assert told(mailing) == dict.fromkeys(("draft@example.org", focal_point.email), "trainings.deadline_extended")
    text = read(Mail.objects.get(recipient_key=f"person:{draft.person_id}"))
    for words in ("Thursday 18 March 2027, 13:00", "Europe/Paris", "Thursday 11 March 2027", "Holidays"):
        assert words in text
    mailings.call_back(mailing=mailing, by_id=None)  # type: ignore[arg-type]
    progress.submit(application=draft, by=None, at=CLOSES + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (CLOSES, "earlier"), (CLOSES - dt.timedelta(days=1), "earlier"), (START + dt.timedelta(minutes=1), "start"),
    ],
)  # fmt: skip
def test_deadline_that_cannot_be_is_refused(training: Training, to: dt.datetime, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rescheduling.extend_deadline(training=training, to=to, reason="", by=None)
    assert refused.value.code == code
    assert Training.objects.get().nominations_close_at == CLOSES


def test_deadline_past_is_extended_into_the_future_only(training: Training, clock: Any) -> None:
    clock.move_to(CLOSES + dt.timedelta(days=2))
    with pytest.raises(ValidationError, match="past already"):
        rescheduling.extend_deadline(training=training, to=CLOSES + dt.timedelta(days=1), reason="", by=None)
    rescheduling.extend_deadline(training=training, to=CLOSES + dt.timedelta(days=3), reason="", by=None)


def test_training_is_not_moved_before_its_own_deadline(training: Training) -> None:
    with pytest.raises(ValidationError, match="close after the start"):
        rescheduling.move(training=training, to=When(CLOSES - dt.timedelta(days=1), "minute", None, "", "Asia/Tokyo"), reason="", by=None, along=())  # fmt: skip


def test_officer_extends_after_a_look_at_who_is_told(officer_client: Client, training: Training) -> None:
    RoleGrantFactory(
        person=PersonFactory(email="point@example.org"), role="focal_point", member_state=MemberStateFactory(code="MN")
    )
    page = f"/admin/trainings/training/{training.pk}/"
    form = officer_client.get(f"{page}change/").content.decode()
    for act in ("extend", "move", "cancel"):
        assert f"{page}{act}/" in form
    assert "Thursday 11 March 2027, 13:00" in form  # a public deadline stands there in words
    typed = {"nominations_close_at_0": "2027-03-20", "nominations_close_at_1": "23:59", "reason": "Holidays"}
    look = officer_client.post(f"{page}extend/", typed)
    assert "point@example.org" in look.content.decode()
    assert not training.extensions.exists()
    seen = look.context["found"].fingerprint
    officer_client.post(f"{page}extend/", {**typed, "confirm": "1", "seen": seen})
    training.refresh_from_db()
    assert training.nominations_close_at == dt.datetime(2027, 3, 20, 22, 59, tzinfo=dt.UTC)
    wrong = officer_client.post(f"{page}extend/", {**typed, "nominations_close_at_0": "2027-03-01"})
    assert "not later than the deadline" in wrong.content.decode()


@pytest.mark.parametrize("act", ["extend", "move", "cancel", "reopen"])
def test_acts_are_the_officers_alone(training: Training, focal_point: Person, client: Client, act: str) -> None:
    client.force_login(focal_point.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/admin/trainings/training/{training.pk}/{act}/"
    assert client.get(address).status_code == client.post(address, {"reason": "x"}).status_code == 302
    assert Training.objects.get().sequence == 0


def test_form_does_not_cancel(officer_client: Client, training: Training) -> None:
    page = officer_client.get(f"/admin/trainings/training/{training.pk}/change/")
    data = {name: value for name, value in page.context["adminform"].form.initial.items() if value is not None}
    answer = officer_client.post(f"/admin/trainings/training/{training.pk}/change/", {**data, "status": "cancelled"})
    assert "Use the acts at the top" in answer.content.decode()
    assert Training.objects.get().status == "announced"
