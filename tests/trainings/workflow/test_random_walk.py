"""A thousand acts in any order against a simple model of the rules: what is allowed, what becomes of the seats, the log.

The model knows nothing of the portal's code: lists and dictionaries, and the rules as DOMAIN tells them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import hypothesis
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import User
from tests.factories import (
    ApplicationFactory,
    MemberStateFactory,
    PersonFactory,
    RoleGrantFactory,
    SeatClassFactory,
    TrainingFactory,
    UserFactory,
)
from trainings.models import Application, ApplicationStep, SeatClass, Training
from trainings.workflow import progress, reopening

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
CLOSES = NOW + dt.timedelta(days=10)
START = NOW + dt.timedelta(days=90)
FROZEN = START - dt.timedelta(days=3)
ANSWER_DAYS = 7
STATES = ("MN", "MN", "MN", "MN", "KZ", "KZ", "RU")
SEATS = {"funded": 2, "own": 2}
FUNDED_FOR = ("MN", "KZ")
CAP = ("MN", 2)
HOLDING = ("selected", "confirmed", "attended", "no_show", "completed")
TOLD_OF_A_SEAT = ("selected", "confirmed")
DECIDED_FROM = ("submitted", "endorsed", "not_endorsed", "shortlisted")


@dataclass(eq=False)
class One:
    """What the model knows of an application. Two of the same state and values are two all the same."""

    code: str
    state: str = "draft"
    endorsed: bool | None = None
    seat: str | None = None
    until: dt.datetime | None = None
    sent: bool = False
    steps: int = 0

    def to(self, state: str, **facts: Any) -> None:
        self.state, self.until, self.steps = state, None, self.steps + 1
        for name, value in facts.items():
            setattr(self, name, value)


class Model:
    """The rules, as simply as they can be said."""

    def __init__(self, wants_endorsement: bool) -> None:
        self.now, self.wants = NOW, wants_endorsement
        self.all = [One(code) for code in STATES]
        self.reserve: dict[str, list[One]] = {"funded": [], "own": []}

    def free(self, seat: str, one: One) -> bool:
        holding = [other for other in self.all if other.state in HOLDING and other is not one]
        in_class = sum(other.seat == seat for other in holding)
        capped = one.code == CAP[0] and sum(other.code == CAP[0] for other in holding) >= CAP[1]
        return in_class < SEATS[seat] and not capped

    def fits(self, seat: str, one: One) -> bool:
        return seat == "own" or one.code in FUNDED_FOR

    def in_time(self) -> bool:
        return self.now < CLOSES

    def before(self) -> bool:
        return self.now < START

    def may_be_chosen(self, one: One) -> bool:
        return self.before() and (one.endorsed is True or not self.wants)

    def leave_list(self, one: One) -> None:
        for waiting in self.reserve.values():
            if one in waiting:
                waiting.remove(one)

    def give(self, one: One, seat: str) -> None:
        self.leave_list(one)
        left = (START - self.now) / 4
        until = self.now + max(dt.timedelta(hours=1), min(dt.timedelta(days=ANSWER_DAYS), left))
        one.to("selected", seat=seat, until=until)

    def promote(self, seat: str | None, freed: int = 1, besides: One | None = None) -> None:
        """The next on the list for whom there is a seat, one for each that was freed, but not who has just lost it."""
        if seat is None or self.now > FROZEN:
            return
        for one in list(self.reserve[seat]):
            if freed and one is not besides and self.free(seat, one):
                self.give(one, seat)
                freed -= 1

    def submit(self, one: One) -> bool:
        if one.state != "draft" or not self.in_time():
            return False
        one.to("submitted", sent=True)
        return True

    def take_back(self, one: One) -> bool:
        if one.state != "submitted" or not self.in_time():
            return False
        one.to("draft", endorsed=None)
        return True

    def endorse(self, one: One, code: str, said: bool) -> bool:
        target = "endorsed" if said else "not_endorsed"
        open_to_it = one.state in ("submitted", "endorsed", "not_endorsed") and one.state != target
        if not (open_to_it and code == one.code and self.before()):
            return False
        one.to(target, endorsed=said)
        return True

    def shortlist(self, one: One) -> bool:
        if one.state not in ("submitted", "endorsed", "not_endorsed", "not_selected") or not self.may_be_chosen(one):
            return False
        one.to("shortlisted")
        return True

    def unlist(self, one: One) -> bool:
        if one.state != "shortlisted":
            return False
        one.to({True: "endorsed", False: "not_endorsed", None: "submitted"}[one.endorsed])
        return True

    def select(self, one: One, seat: str) -> bool:
        chosen_from = one.state in (*DECIDED_FROM, "not_selected", "reserve_list")
        if not (chosen_from and self.may_be_chosen(one) and self.fits(seat, one) and self.free(seat, one)):
            return False
        self.give(one, seat)
        return True

    def put_on_list(self, one: One, seat: str, reason: str) -> bool:
        put_from = one.state in (*DECIDED_FROM, "not_selected", *TOLD_OF_A_SEAT)
        if not (put_from and self.may_be_chosen(one) and self.fits(seat, one)) or (
            one.state in TOLD_OF_A_SEAT and not reason
        ):
            return False
        freed = one.seat if one.state in TOLD_OF_A_SEAT else None
        one.to("reserve_list", seat=seat)
        self.reserve[seat].append(one)
        self.promote(freed, besides=one)
        return True

    def against(self, one: One, reason: str) -> bool:
        against_from = one.state in (*DECIDED_FROM, *TOLD_OF_A_SEAT, "reserve_list")
        if not (against_from and self.before()) or (one.state in TOLD_OF_A_SEAT and not reason):
            return False
        freed = one.seat if one.state in TOLD_OF_A_SEAT else None
        self.leave_list(one)
        one.to("not_selected", seat=None)
        self.promote(freed)
        return True

    def reopen(self, one: One, reason: str) -> bool:
        if one.state not in ("declined", "withdrawn") or not self.before() or not reason:
            return False
        back = {True: "endorsed", False: "not_endorsed", None: "submitted"}[one.endorsed]
        one.to(back if one.sent else "draft", seat=None)
        return True

    def unsay(self, one: One, reason: str) -> bool:
        if one.state not in ("endorsed", "not_endorsed") or not self.before() or not reason:
            return False
        one.to("submitted", endorsed=None)
        return True

    def confirm(self, one: One) -> bool:
        if one.state == "confirmed":
            return True
        if one.state != "selected" or not self.before() or (one.until and one.until <= self.now):
            return False
        one.to("confirmed")
        return True

    def give_up(self, one: One) -> bool:
        if one.state in ("declined", "withdrawn"):
            return True
        if one.state in ("attended", "no_show", "completed"):
            return False
        freed = one.seat if one.state in ("selected", "confirmed") else None
        self.leave_list(one)
        one.to("declined" if one.state == "selected" else "withdrawn")
        if self.before():
            self.promote(freed)
        return True

    def settle(self) -> bool:
        late = [one for one in self.all if one.state == "selected" and one.until and one.until <= self.now]
        for one in late:
            one.to("declined")
        if self.before():
            for seat in SEATS:
                self.promote(seat, freed=sum(one.seat == seat for one in late))
        return True

    def was_there(self, one: One, act: str) -> bool:
        comes_from = {
            "attended": ("confirmed", "no_show", "completed"), "no_show": ("confirmed", "attended"),
            "completed": ("attended",),
        }  # fmt: skip
        if one.state not in comes_from[act] or (act != "completed" and self.before()):
            return False
        one.to(act)
        return True


WHICH = st.integers(0, len(STATES) - 1)
SEAT = st.sampled_from(sorted(SEATS))
REASON = st.sampled_from(["", "Because"])


class Walk(RuleBasedStateMachine):
    """Each rule asks the model and the portal, and wants the same answer."""

    training: Training
    model: Model

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.traveller = self.clock.start()

    @initialize(wants=st.booleans())
    def call(self, wants: bool) -> None:
        self.model = Model(wants)
        self.training = TrainingFactory(
            starts_at=START, call_opens_at=NOW - dt.timedelta(days=1), nominations_close_at=CLOSES,
            deadline_zone="Europe/Paris", endorsement_required=wants, answer_days=ANSWER_DAYS,
        )  # fmt: skip
        states = {code: MemberStateFactory(code=code) for code in set(STATES)}
        self.training.caps.create(member_state=states[CAP[0]], most=CAP[1])
        self.seats: dict[str, SeatClass] = {
            "funded": SeatClassFactory(training=self.training, funding="full", seats=SEATS["funded"]),
            "own": SeatClassFactory(training=self.training, funding="self", seats=SEATS["own"]),
        }
        self.seats["funded"].only_states.set([states[code] for code in FUNDED_FOR])
        self.rows = [ApplicationFactory(training=self.training, member_state=states[code]) for code in STATES]
        self.points: dict[str, User] = {code: self.focal_point(code) for code in set(STATES)}

    def focal_point(self, code: str) -> User:
        user: User = UserFactory()
        person = PersonFactory(user=user)
        RoleGrantFactory(person=person, role="focal_point", member_state=MemberStateFactory(code=code))
        return user

    def both(self, expected: bool, act: Callable[..., Any], **facts: Any) -> None:
        """The portal does what the model did, or refuses with words where the model refused."""
        words: list[str] | None = None
        try:
            with transaction.atomic():
                act(**facts)
        except ValidationError as refused:
            words = refused.messages
        assert (words is None) == expected, f"{act.__name__}: {words or 'allowed'}"
        assert all(message.strip() for message in words or [])

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.model.now += dt.timedelta(days=days)
        self.traveller.move_to(self.model.now)

    @rule()
    def most_of_the_time_passes(self) -> None:
        target = FROZEN + dt.timedelta(hours=6) if self.model.now < FROZEN else START + dt.timedelta(days=1)
        self.model.now = max(self.model.now, target)
        self.traveller.move_to(self.model.now)

    @rule(which=WHICH)
    def submit(self, which: int) -> None:
        self.both(self.model.submit(self.model.all[which]), progress.submit, application=self.rows[which], by=None)

    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        self.both(
            self.model.take_back(self.model.all[which]), progress.take_back, application=self.rows[which], by=None
        )

    @rule(which=WHICH, code=st.sampled_from(sorted(set(STATES))), said=st.booleans())
    def endorse(self, which: int, code: str, said: bool) -> None:
        expected = self.model.endorse(self.model.all[which], code, said)
        act = progress.endorse if said else progress.refuse_endorsement
        self.both(expected, act, application=self.rows[which], by=self.points[code], reason="Because")

    @rule(which=WHICH)
    def own_focal_point_endorses(self, which: int) -> None:
        self.endorse(which, STATES[which], True)

    @rule(which=WHICH)
    def shortlist(self, which: int) -> None:
        self.both(
            self.model.shortlist(self.model.all[which]), progress.shortlist, application=self.rows[which], by=None
        )

    @rule(which=WHICH)
    def unlist(self, which: int) -> None:
        expected = self.model.unlist(self.model.all[which])
        self.both(expected, progress.take_off_shortlist, application=self.rows[which], by=None)

    @rule(which=WHICH, seat=SEAT)
    def select(self, which: int, seat: str) -> None:
        expected = self.model.select(self.model.all[which], seat)
        facts = {"application": self.rows[which], "seat_class": self.seats[seat], "by": None}
        self.both(expected, progress.select, **facts)

    @rule(which=WHICH, seat=SEAT, reason=REASON)
    def put_on_list(self, which: int, seat: str, reason: str) -> None:
        expected = self.model.put_on_list(self.model.all[which], seat, reason)
        facts = {"application": self.rows[which], "seat_class": self.seats[seat], "by": None, "reason": reason}
        self.both(expected, progress.put_on_reserve_list, **facts)

    @rule(which=WHICH, reason=REASON)
    def against(self, which: int, reason: str) -> None:
        expected = self.model.against(self.model.all[which], reason)
        self.both(expected, progress.decide_against, application=self.rows[which], by=None, reason=reason)

    @rule(which=WHICH, reason=REASON)
    def reopen(self, which: int, reason: str) -> None:
        expected = self.model.reopen(self.model.all[which], reason)
        self.both(expected, reopening.reopen, application=self.rows[which], by=None, reason=reason)

    @rule(which=WHICH, reason=REASON)
    def unsay(self, which: int, reason: str) -> None:
        expected = self.model.unsay(self.model.all[which], reason)
        self.both(expected, reopening.unsay_endorsement, application=self.rows[which], by=None, reason=reason)

    @rule(which=WHICH)
    def confirm(self, which: int) -> None:
        self.both(self.model.confirm(self.model.all[which]), progress.confirm, application=self.rows[which], by=None)

    @rule(which=WHICH)
    def give_up(self, which: int) -> None:
        self.both(self.model.give_up(self.model.all[which]), progress.withdraw, application=self.rows[which], by=None)

    @rule()
    def settle(self) -> None:
        self.both(self.model.settle(), progress.settle, training=self.training)

    @rule(which=WHICH, act=st.sampled_from(["attended", "no_show", "completed"]))
    def was_there(self, which: int, act: str) -> None:
        expected = self.model.was_there(self.model.all[which], act)
        self.both(expected, getattr(progress, act), application=self.rows[which], by=None)

    @invariant()
    def same_states_seats_and_lists(self) -> None:
        if not hasattr(self, "model"):
            return
        names = {seat.pk: name for name, seat in self.seats.items()}
        found = Application.objects.order_by("pk").values_list("state", "endorsed", "answer_by", "seat_class")
        for (state, endorsed, until, seat), one in zip(found, self.model.all, strict=True):
            assert (state, endorsed, until) == (one.state, one.endorsed, one.until)
            assert one.state not in (*HOLDING, "reserve_list") or names[seat] == one.seat
        for name, seat in self.seats.items():
            listed = list(self.training.applications.reserve_list(seat).values_list("pk", flat=True))
            assert listed == [self.rows[self.model.all.index(one)].pk for one in self.model.reserve[name]]

    @invariant()
    def log_is_complete(self) -> None:
        """From draft to where it stands, each step beginning where the last one ended; notes apart."""
        ways: dict[int, list[str]] = {row.pk: ["draft"] for row in getattr(self, "rows", [])}
        for which, was, became in ApplicationStep.objects.values_list("application", "from_state", "to_state"):
            if was != became:
                assert was == ways[which][-1]
                ways[which].append(became)
        for way, one in zip(ways.values(), getattr(self, "model", Model(False)).all, strict=False):
            assert (way[-1], len(way) - 1) == (one.state, one.steps)

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)


def test_a_thousand_acts_in_any_order() -> None:
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=10,
            stateful_step_count=100,
            suppress_health_check=list(hypothesis.HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a walk that fails is read as it was walked
        ),
    )
