"""Many at once: real connections, real row locks."""

import datetime as dt
import threading
from collections import Counter
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from notifications import mailings
from notifications.models import Mail, Mailing
from tests.events.registration.test_races import at_once
from tests.factories import (
    ApplicationFactory,
    MemberStateFactory,
    PersonFactory,
    RoleGrantFactory,
    SeatClassFactory,
    TrainingFactory,
    UserFactory,
)
from tests.waiting import HANGING
from trainings.models import Application, SeatClass, SelectionDecision, Training
from trainings.selection import holding, letting_go, selecting
from trainings.selection.choices import Choice
from trainings.workflow import progress

pytestmark = pytest.mark.django_db(transaction=True)


def open_call(**facts: Any) -> Training:
    now = timezone.now()
    dates = {"starts_at": now + dt.timedelta(days=90), "call_opens_at": now - dt.timedelta(days=1)}
    closes = {"nominations_close_at": now + dt.timedelta(days=5), "deadline_zone": "Europe/Paris"}
    return TrainingFactory(**{**dates, **closes, "endorsement_required": False, **facts})


def sent(training: Training, **facts: Any) -> Application:
    state = MemberStateFactory(code="MN")
    whole = {"state": "submitted", "submitted_at": timezone.now(), "member_state": state}
    return ApplicationFactory(training=training, **{**whole, **facts})


def states(training: Training) -> Counter[str]:
    return Counter(training.applications.values_list("state", flat=True))


def test_two_officers_who_select_at_once_give_no_seat_too_many_and_overwrite_nothing() -> None:
    training = open_call()
    seats: SeatClass = SeatClassFactory(training=training, seats=3)
    people = [sent(training) for _n in range(8)]
    officers = [UserFactory() for _n in range(8)]
    acts = [
        lambda one=one, officer=officer: selecting.decide(
            training=training, decision="select", chosen=[Choice(one.pk, 0)], by=officer, seat_class=seats
        )
        for one, officer in zip(people, officers, strict=True)
    ]
    faults = at_once(acts)
    assert states(training) == {"selected": 3, "submitted": 5}
    assert [type(fault) for fault in faults] == [ValidationError] * 5
    assert Mail.objects.filter(kind="trainings.selected").count() == 3


def test_two_officers_who_decide_about_one_application_at_once_decide_once() -> None:
    training = open_call()
    seats: SeatClass = SeatClassFactory(training=training, seats=3)
    one, officer = sent(training), UserFactory()
    facts = {"training": training, "chosen": [Choice(one.pk, 0)], "by": officer}
    faults = at_once([
        lambda: selecting.decide(decision="select", seat_class=seats, **facts),
        lambda: selecting.decide(decision="against", **facts),
    ])  # fmt: skip
    assert len(faults) == 1
    assert "has changed since you looked" in str(faults[0])
    assert one.steps.count() == Mail.objects.exclude(kind="trainings.seat_expiring").count() == 1


def test_last_seat_confirmed_twice_is_one_confirmation_with_one_mail() -> None:
    training = open_call()
    seats: SeatClass = SeatClassFactory(training=training, seats=1)
    one = sent(training)
    progress.select(application=one, seat_class=seats, by=None)
    assert at_once([lambda: progress.confirm(application=one, by=None)] * 4) == []
    assert list(one.steps.values_list("to_state", flat=True)) == ["selected", "confirmed"]
    assert Mail.objects.filter(kind="trainings.confirmed").count() == 1


def test_seats_given_back_at_once_go_to_as_many_on_the_list_in_their_order() -> None:
    training = open_call()
    seats: SeatClass = SeatClassFactory(training=training, seats=3)
    chosen, waiting = [sent(training) for _n in range(3)], [sent(training) for _n in range(5)]
    for one in chosen:
        progress.select(application=one, seat_class=seats, by=None)
    for one in waiting:
        progress.put_on_reserve_list(application=one, seat_class=seats, by=None)
    acts = [lambda one=one: progress.decline(application=one, by=None) for one in chosen]
    acts += [lambda: progress.settle(training=training)] * 3
    assert at_once(acts) == []
    found = [Application.objects.get(pk=one.pk).state for one in waiting]
    assert found == ["selected"] * 3 + ["reserve_list"] * 2
    assert Mail.objects.filter(kind="trainings.seat_offered").count() == 3


def test_application_that_waits_for_the_lock_while_the_deadline_passes_is_in_time() -> None:
    """The POST arrives before the deadline; another holds the training's row until it is over."""
    arrived = timezone.now()
    training = open_call(nominations_close_at=arrived + dt.timedelta(seconds=1))
    one, late = (ApplicationFactory(training=training, member_state=MemberStateFactory(code="MN")) for _n in range(2))
    holds, faults = threading.Event(), []

    def hold() -> None:
        with transaction.atomic():
            Training.objects.select_for_update().get(pk=training.pk)
            holds.set()
            over.wait(HANGING)
        connection.close()

    def send(which: Application, at: dt.datetime) -> None:
        try:
            progress.submit(application=which, by=None, at=at)
        except ValidationError as refused:
            faults.append(refused.code)
        finally:
            connection.close()

    over = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    assert holds.wait(HANGING)
    sender = threading.Thread(target=send, args=[one, arrived])
    sender.start()
    while timezone.now() < training.nominations_close_at:
        threading.Event().wait(0.05)
    late_sender = threading.Thread(target=send, args=[late, timezone.now()])
    late_sender.start()
    over.set()
    for thread in (holder, sender, late_sender):
        thread.join(HANGING)
    assert Application.objects.get(pk=one.pk).state == "submitted"
    assert (Application.objects.get(pk=late.pk).state, faults) == ("draft", ["over"])


def test_focal_point_and_applicant_at_once_one_is_told_that_it_changed() -> None:
    training = open_call()
    point = PersonFactory(user=UserFactory())
    RoleGrantFactory(person=point, role="focal_point", member_state=MemberStateFactory(code="MN"))
    for _round in range(5):
        one = sent(training)
        faults = at_once([
            lambda one=one: progress.endorse(application=one, by=point.user, seen=0),
            lambda one=one: progress.take_back(application=one, by=None),
        ])  # fmt: skip
        assert len(faults) == 1
        one.refresh_from_db()
        assert one.state in ("endorsed", "draft")
        assert [step.to_state for step in one.steps.all()] == [one.state]


def test_decisions_held_and_told_at_once_give_no_seat_too_many() -> None:
    training = open_call()
    seats: SeatClass = SeatClassFactory(training=training, seats=3)
    people = [sent(training) for _n in range(8)]

    def act(number: int, one: Application) -> None:
        facts = {"training": training, "chosen": [Choice(one.pk, 0)], "by": UserFactory(), "seat_class": seats}
        if number % 2:
            holding.hold(to="selected", **facts)
        else:
            selecting.decide(decision="select", **facts)

    faults = at_once([lambda n=n, one=one: act(n, one) for n, one in enumerate(people)])
    held = SelectionDecision.objects.held().count()
    assert states(training)["selected"] + held == 3
    assert [type(fault) for fault in faults] == [ValidationError] * 5


def test_two_officers_who_hold_different_decisions_about_one_hold_one() -> None:
    training = open_call()
    seats: SeatClass = SeatClassFactory(training=training, seats=3)
    one = sent(training)
    facts = {"training": training, "chosen": [Choice(one.pk, 0)]}
    faults = at_once([
        lambda: holding.hold(to="selected", seat_class=seats, by=UserFactory(), **facts),
        lambda: holding.hold(to="not_selected", by=UserFactory(), **facts),
        lambda: holding.hold(to="reserve_list", seat_class=seats, by=UserFactory(), **facts),
    ])  # fmt: skip
    assert SelectionDecision.objects.count() == 1
    assert all("has changed since you looked" in str(fault) for fault in faults)
    assert len(faults) == 2


def test_mails_let_go_twice_at_once_go_once_and_whoever_withdraws_meanwhile_is_told_nothing_else() -> None:
    training = open_call()
    seats: SeatClass = SeatClassFactory(training=training, seats=9)
    people = [sent(training) for _n in range(6)]
    holding.hold(
        training=training,
        to="selected",
        chosen=[Choice(one.pk, 0) for one in people],
        by=UserFactory(),
        seat_class=seats,
    )
    officer = UserFactory()
    faults = at_once([
        *[lambda: letting_go.let_go(training=training, by=officer)] * 2,
        *[lambda one=one: progress.withdraw(application=one, by=None) for one in people[:2]],
    ])  # fmt: skip
    assert faults == []
    assert not SelectionDecision.objects.held().exists()
    found = [Application.objects.get(pk=one.pk).state for one in people]
    assert found[2:] == ["selected"] * 4
    assert set(found[:2]) <= {"withdrawn", "declined"}
    told = Mail.objects.filter(kind="trainings.selected").values_list("subject_id", flat=True)
    assert len(told) == len(set(told)) == 4 + found[:2].count("declined")


def test_calling_back_while_people_confirm_leaves_each_of_them_on_one_side() -> None:
    """Whoever confirmed first keeps the seat; whoever was called back first has nothing to confirm."""
    training = open_call()
    seats: SeatClass = SeatClassFactory(training=training, seats=9)
    people = [sent(training) for _n in range(4)]
    holding.hold(
        training=training,
        to="selected",
        chosen=[Choice(one.pk, 0) for one in people],
        by=UserFactory(),
        seat_class=seats,
    )
    mailing = letting_go.let_go(training=training, by=UserFactory())
    assert mailing is not None
    at_once([
        lambda: mailings.call_back(mailing=Mailing.objects.get(pk=mailing.pk), by_id=None),
        *[lambda one=one: progress.confirm(application=one, by=None) for one in people],
    ])  # fmt: skip
    for one in people:
        state = Application.objects.get(pk=one.pk).state
        held = SelectionDecision.objects.held().filter(application=one).exists()
        assert (state, held) in {("confirmed", False), ("submitted", True)}
