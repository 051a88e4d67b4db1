"""An application from draft to certificate: what each act does, what is refused and why, who is told."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Person
from notifications.models import Mail
from notifications.planning import plan
from tests.factories import (
    ApplicationFactory,
    BiosphereReserveFactory,
    MemberStateFactory,
    PersonFactory,
    SeatClassFactory,
    TrainingFactory,
)
from trainings.models import Application, SeatClass, Training
from trainings.workflow import endorsement, progress, reserve_list

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
START = NOW + dt.timedelta(days=90)
CLOSES = NOW + dt.timedelta(days=10)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def call(**facts: Any) -> Training:
    dates = {"starts_at": START, "call_opens_at": NOW - dt.timedelta(days=1), "nominations_close_at": CLOSES}
    return TrainingFactory(**{**dates, "deadline_zone": "Europe/Paris", "endorsement_required": False, **facts})


def application(training: Training, state: str = "submitted", code: str = "MN", **facts: Any) -> Application:
    sent = {} if state == "draft" else {"submitted_at": NOW}
    member_state = MemberStateFactory(code=code)
    return ApplicationFactory(training=training, state=state, member_state=member_state, **{**sent, **facts})


def seats(training: Training, number: int = 2, **facts: Any) -> SeatClass:
    return SeatClassFactory(training=training, seats=number, **facts)


def state(of: Application) -> str:
    return Application.objects.get(pk=of.pk).state


def log(of: Application) -> list[tuple[str, str]]:
    return list(of.steps.values_list("from_state", "to_state"))


def kinds(of: Application) -> list[str]:
    mails = Mail.objects.filter(subject_label="trainings.application", subject_id=of.pk).order_by("pk")
    return [kind.removeprefix("trainings.") for kind in mails.values_list("kind", flat=True)]


def refused(act: Any, **facts: Any) -> str:
    """Why an act is refused, by its code; nothing may have changed."""
    one = facts["application"]
    before = (state(one), one.steps.count(), len(kinds(one)))
    with pytest.raises(ValidationError) as caught:
        act(**facts)
    assert (state(one), one.steps.count(), len(kinds(one))) == before
    return str(caught.value.code)


def test_whole_way_is_in_the_log_with_a_mail_at_each_step_that_concerns_the_person(focal_point: Person) -> None:
    training = call(endorsement_required=True)
    seat, one = seats(training), application(training, "draft")
    progress.submit(application=one, by=None)
    progress.endorse(application=one, by=focal_point.user, reason="Knows the lake")
    progress.shortlist(application=one, by=None)
    progress.select(application=one, seat_class=seat, by=None)
    progress.confirm(application=one, by=None)
    with time_machine.travel(START + dt.timedelta(days=5)):
        progress.attended(application=one, by=None)
        progress.completed(application=one, by=None)
    way = ["draft", "submitted", "endorsed", "shortlisted", "selected", "confirmed", "attended", "completed"]
    assert log(one) == list(pairwise(way))
    assert kinds(one) == ["received", "endorsed", "selected", "seat_expiring", "confirmed"]
    assert one.steps.get(to_state="endorsed").by == focal_point.user


@pytest.mark.parametrize(
    ("at", "outcome"),
    [(-1, "submitted"), (0, "over"), (1, "over")],
    ids=["a second before", "at the deadline", "a second after"],
)
def test_deadline_is_an_instant(at: int, outcome: str) -> None:
    one, moment = application(call(), "draft"), CLOSES + dt.timedelta(seconds=at)
    if outcome == "over":
        assert refused(progress.submit, application=one, by=None, at=moment) == "over"
    else:
        progress.submit(application=one, by=None, at=moment)
        assert state(one) == "submitted"


def test_what_arrived_in_time_is_in_time_however_long_it_waited(clock: Any) -> None:
    one, arrived = application(call(), "draft"), CLOSES - dt.timedelta(seconds=1)
    clock.move_to(CLOSES + dt.timedelta(seconds=20))
    progress.submit(application=one, by=None, at=arrived)
    assert Application.objects.get().submitted_at == arrived


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"status": "cancelled"}, "cancelled"),
        ({"status": "draft"}, "closed"),
        ({"call_opens_at": None, "nominations_close_at": None}, "closed"),
        ({"call_opens_at": NOW + dt.timedelta(hours=1)}, "later"),
        ({"nominations_close_at": NOW}, "over"),
        ({"nominations_close_at": None, "starts_at": NOW}, "over"),
    ],
)
def test_nothing_is_sent_outside_the_call(facts: dict[str, Any], code: str) -> None:
    assert refused(progress.submit, application=application(call(**facts), "draft"), by=None) == code


def test_focal_point_speaks_for_the_own_state_only_and_never_for_themselves(focal_point: Person) -> None:
    training = call()
    theirs, others = application(training), application(training, code="RU")
    own = application(training, person=focal_point)
    assert refused(progress.endorse, application=others, by=focal_point.user) == "scope"
    assert refused(progress.endorse, application=own, by=focal_point.user) == "own"
    assert refused(progress.refuse_endorsement, application=theirs, by=focal_point.user, reason=" ") == "reason"
    progress.refuse_endorsement(application=theirs, by=focal_point.user, reason="Left the reserve")
    progress.endorse(application=theirs, by=focal_point.user)
    assert log(theirs) == [("submitted", "not_endorsed"), ("not_endorsed", "endorsed")]


def test_call_for_endorsed_people_selects_no_others(focal_point: Person) -> None:
    training = call(endorsement_required=True)
    seat, one = seats(training), application(training)
    assert refused(progress.select, application=one, seat_class=seat, by=None) == "unendorsed"
    assert refused(progress.put_on_reserve_list, application=one, seat_class=seat, by=None) == "unendorsed"
    progress.endorse(application=one, by=focal_point.user)
    progress.shortlist(application=one, by=None)
    assert refused(progress.endorse, application=one, by=focal_point.user) == "state"  # the office has begun
    progress.take_off_shortlist(application=one, by=None)
    assert state(one) == "endorsed"
    progress.select(application=one, seat_class=seat, by=None)


def test_who_decides_on_what_has_changed_is_told_so() -> None:
    training = call()
    seat, one = seats(training), application(training)
    progress.shortlist(application=one, by=None, seen=0)
    assert refused(progress.select, application=one, seat_class=seat, by=None, seen=0) == "stale"
    progress.select(application=one, seat_class=seat, by=None, seen=1)


def test_no_seat_beyond_the_class_the_caps_and_the_states_it_is_for() -> None:
    training = call()
    full = seats(training, 2)
    own = seats(training, 9, funding="self")
    full.only_states.add(MemberStateFactory(code="MN"), MemberStateFactory(code="KZ"))
    site = BiosphereReserveFactory(slug="lake")
    training.caps.create(member_state=MemberStateFactory(code="MN"), most=2)
    training.caps.create(site=site, most=1)
    first, second, third = (application(training) for _n in range(3))
    kazakh, russian = application(training, code="KZ", site=site), application(training, code="RU", site=site)
    assert refused(progress.select, application=russian, seat_class=full, by=None) == "states"
    progress.select(application=first, seat_class=full, by=None)
    progress.select(application=second, seat_class=own, by=None)
    assert refused(progress.select, application=third, seat_class=own, by=None) == "cap"
    progress.select(application=kazakh, seat_class=full, by=None)
    assert refused(progress.select, application=russian, seat_class=own, by=None) == "cap"
    assert refused(progress.select, application=third, seat_class=full, by=None) == "full"


@pytest.mark.parametrize("table", ["class", "cap"])
def test_database_gives_no_seat_too_many(table: str) -> None:
    training = call()
    seat = seats(training, 1 if table == "class" else 5)
    if table == "cap":
        training.caps.create(member_state=MemberStateFactory(code="MN"), most=1)
    one, other = application(training), application(training)
    given = {"state": "selected", "seat_class": seat, "answer_by": START}
    Application.objects.filter(pk=one.pk).update(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=other.pk).update(**given)
    assert state(other) == "submitted"


def test_no_cap_below_what_is_given_is_put_into_the_database() -> None:
    training = call()
    seat = seats(training)
    for _n in range(2):
        progress.select(application=application(training), seat_class=seat, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        training.caps.create(member_state=MemberStateFactory(code="MN"), most=1)


def test_fewer_seats_than_are_given_are_refused_by_the_database() -> None:
    training = call()
    seat = seats(training, 1)
    progress.select(application=application(training), seat_class=seat, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatClass.objects.update(seats=0)


def test_declined_seat_goes_to_the_next_whom_no_cap_excludes() -> None:
    training = call()
    seat = seats(training, 2)
    training.caps.create(member_state=MemberStateFactory(code="MN"), most=1)
    taken, declines = application(training), application(training, code="KZ")
    capped, nextone = application(training), application(training, code="JP")
    for one in (taken, declines):
        progress.select(application=one, seat_class=seat, by=None)
    for one in (capped, nextone):
        progress.put_on_reserve_list(application=one, seat_class=seat, by=None)
    progress.decline(application=declines, by=None)
    assert [state(one) for one in (taken, declines, capped, nextone)] == [
        "selected", "declined", "reserve_list", "selected",
    ]  # fmt: skip
    assert kinds(nextone)[1:] == ["seat_offered", "seat_expiring"]
    assert "Passed over" in capped.steps.last().reason
    assert capped.steps.last().reason_for == "office"
    assert refused(progress.confirm, application=declines, by=None) == "state"


def test_seats_that_nobody_has_had_stay_the_secretariats_to_give() -> None:
    """An officer is still selecting when the first answer comes: one seat was given back, so one is offered."""
    training = call()
    seat = seats(training, 5)
    declines, *listed = (application(training) for _n in range(4))
    progress.select(application=declines, seat_class=seat, by=None)
    for one in listed:
        progress.put_on_reserve_list(application=one, seat_class=seat, by=None)
    assert progress.settle(training=training) == 0
    progress.decline(application=declines, by=None)
    assert [state(one) for one in listed] == ["selected", "reserve_list", "reserve_list"]


def test_seat_taken_back_for_the_reserve_list_is_not_offered_to_the_same_person() -> None:
    training = call()
    seat = seats(training, 1)
    first, better = application(training), application(training)
    progress.select(application=first, seat_class=seat, by=None)
    progress.put_on_reserve_list(application=first, seat_class=seat, by=None, reason="Somebody fits better")
    assert state(first) == "reserve_list"
    progress.select(application=better, seat_class=seat, by=None)
    progress.decline(application=better, by=None)
    assert state(first) == "selected"


def test_seat_not_confirmed_in_time_lapses_and_is_offered_on(clock: Any) -> None:
    training = call(answer_days=7)
    seat = seats(training, 1)
    first, second = application(training), application(training, code="KZ")
    progress.select(application=first, seat_class=seat, by=None)
    progress.put_on_reserve_list(application=second, seat_class=seat, by=None)
    until = Application.objects.get(pk=first.pk).answer_by
    assert until == NOW + dt.timedelta(days=7)
    expiring = Mail.objects.get(kind="trainings.seat_expiring")
    assert expiring.due == until - dt.timedelta(days=1)
    clock.move_to(until)
    assert refused(progress.confirm, application=first, by=None) == "late"
    plan()
    assert (state(first), state(second)) == ("declined", "selected")
    assert kinds(first)[-1] == "seat_lapsed"
    plan()
    assert second.steps.count() == 2


def test_answer_that_arrived_in_time_counts() -> None:
    training = call()
    one = application(training)
    progress.select(application=one, seat_class=seats(training), by=None)
    until = Application.objects.get().answer_by
    with time_machine.travel(until + dt.timedelta(seconds=5)):
        progress.confirm(application=one, by=None, at=until - dt.timedelta(seconds=1))
    assert state(one) == "confirmed"


def test_in_the_last_days_the_office_decides_whom_to_ask(clock: Any) -> None:
    training = call(starts_at=NOW + dt.timedelta(days=2), nominations_close_at=NOW + dt.timedelta(days=1))
    seat = seats(training, 1)
    first, second = application(training), application(training)
    progress.select(application=first, seat_class=seat, by=None)
    progress.put_on_reserve_list(application=second, seat_class=seat, by=None)
    progress.decline(application=first, by=None)
    assert state(second) == "reserve_list"
    assert "the secretariat decides" in second.steps.last().reason
    progress.select(application=second, seat_class=seat, by=None)
    clock.move_to(training.starts_at)
    assert refused(progress.confirm, application=second, by=None) == "begun"


def test_seat_is_taken_back_with_a_reason_only() -> None:
    training = call()
    seat = seats(training, 1)
    first, second = application(training), application(training)
    progress.select(application=first, seat_class=seat, by=None)
    progress.put_on_reserve_list(application=second, seat_class=seat, by=None)
    assert refused(progress.decide_against, application=first, by=None) == "reason"
    progress.decide_against(application=first, by=None, reason="Selected by mistake")
    assert (state(first), state(second)) == ("not_selected", "selected")
    assert first.steps.last().reason_for == "office"


def test_reserve_list_is_ranked_as_people_come_and_can_be_put_into_another_order() -> None:
    training = call()
    seat = seats(training, 0)
    people = [application(training) for _n in range(3)]
    for one in people:
        progress.put_on_reserve_list(application=one, seat_class=seat, by=None)
    keys = [one.pk for one in people]
    assert reserve_list.reorder(training=training, seat_class=seat, order=keys[::-1], by=None, seen=keys) == 2
    assert [one.pk for one in training.applications.reserve_list(seat)] == keys[::-1]
    with pytest.raises(ValidationError, match="changed since"):
        reserve_list.reorder(training=training, seat_class=seat, order=keys, by=None, seen=keys)


def test_focal_point_ranks_endorsed_people_of_the_own_state(focal_point: Person) -> None:
    training = call()
    one, other, unendorsed = (application(training) for _n in range(3))
    for each in (one, other):
        progress.endorse(application=each, by=focal_point.user)
    facts = {"training": training, "member_state_id": "MN", "by": focal_point.user}
    assert endorsement.rank(order=[other.pk, one.pk], **facts) == 2
    assert endorsement.rank(order=[other.pk, one.pk], **facts) == 0
    with pytest.raises(ValidationError, match="endorsed"):
        endorsement.rank(order=[unendorsed.pk], **facts)
    endorsement.rank(order=[one.pk], **facts)
    ranks = Application.objects.filter(endorsed=True).order_by("pk").values_list("endorsement_rank", flat=True)
    assert list(ranks) == [1, None]


def test_taken_back_it_is_a_draft_that_nobody_has_endorsed(focal_point: Person) -> None:
    one = application(call())
    progress.take_back(application=one, by=None)
    one.refresh_from_db()
    assert (one.state, one.endorsed) == ("draft", None)
    progress.submit(application=one, by=None)
    progress.endorse(application=one, by=focal_point.user)
    assert refused(progress.take_back, application=one, by=None) == "state"


def test_focal_points_hear_once_a_day_that_somebody_waits(focal_point: Person, clock: Any) -> None:
    training = call()
    for _n in range(3):
        progress.submit(application=application(training, "draft"), by=None)
    progress.submit(application=application(training, "draft", person=focal_point), by=None)
    asked = Mail.objects.filter(kind="trainings.to_endorse")
    assert [mail.recipient_key for mail in asked] == [f"person:{focal_point.pk}"]
    clock.move_to(NOW + dt.timedelta(days=1))
    progress.submit(application=application(training, "draft"), by=None)
    assert asked.all().count() == 2


def test_cancelled_training_decides_nothing_but_lets_people_go() -> None:
    training = call()
    seat, one = seats(training), application(training)
    Training.objects.update(status="cancelled")
    for act, facts in (
        (progress.shortlist, {}),
        (progress.select, {"seat_class": seat}),
        (progress.decide_against, {}),
    ):
        assert refused(act, application=one, by=None, **facts) == "cancelled"
    progress.withdraw(application=one, by=None)
    assert state(one) == "withdrawn"


def test_who_has_withdrawn_may_apply_anew() -> None:
    training, person = call(), PersonFactory()
    progress.withdraw(application=application(training, person=person), by=None)
    application(training, "draft", person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        application(training, "draft", person=person)
