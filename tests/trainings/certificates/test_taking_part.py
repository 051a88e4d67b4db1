"""The rule: which share of the minutes counts, who is unsure, and that people are moved only as it was shown."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Attendance, AttendanceMatch
from tests.factories import EventFactory, PersonFactory
from tests.trainings.held import HOUR, START, held_training, present, taking_part
from trainings.certificates import applying_rule
from trainings.certificates.taking_part import hours_of, standings
from trainings.models import Application, ApplicationFile, Training

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("hours", "share", "minutes", "percent", "verdict"),
    [
        ((2, 2), 75, (120, 120), 100, "attended"),
        ((2, 2), 75, (120, 60), 75, "attended"),
        ((2, 2), 75, (120, 59), 74, "not"),
        ((2, 2), 75, (999, 0), 50, "not"),  # more than a session is long counts as the session
        ((2, 2), 50, (999, 0), 50, "attended"),
        ((3, 1), 75, (180, 0), 75, "attended"),
        ((3, 1), 75, (0, 60), 25, "not"),
        ((1,), 100, (60,), 100, "attended"),
        ((1,), 100, (59,), 98, "not"),
        ((1,), 1, (0,), 0, "not"),
        ((1,), 1, (1,), 1, "attended"),
    ],
)
def test_share_of_all_minutes_decides(
    hours: tuple[int, ...], share: int, minutes: tuple[int, ...], percent: int, verdict: str
) -> None:
    training = held_training(*hours, attendance_share=share)
    person = taking_part(training).person
    present(training, person, *minutes)
    [standing] = standings(training)
    assert (standing.percent, standing.verdict) == (percent, verdict)


def test_without_sessions_nobody_is_judged() -> None:
    training = held_training()
    training.sessions.all().delete()
    taking_part(training)
    assert [one.verdict for one in standings(training)] == ["unsure"]


def test_whom_an_undecided_name_may_mean_is_unsure_unless_they_attended_anyway() -> None:
    training = held_training()
    absent, there, other = (taking_part(training, name=name).person for name in ("A", "B", "C"))
    present(training, there, 120, 120)
    AttendanceMatch.objects.create(activity=training, key="name:x", name="X", candidates=[absent.pk, there.pk])
    assert [(one.person, one.verdict) for one in standings(training)] == [
        (absent, "unsure"), (there, "attended"), (other, "not"),
    ]  # fmt: skip


def test_hours_are_those_of_the_officer_else_of_the_sessions() -> None:
    training = held_training(2, 1)
    assert hours_of(training) == Decimal("3.0")
    training.certified_hours = Decimal("12.5")
    assert hours_of(training) == Decimal("12.5")
    assert hours_of(EventFactory()) is None


def states(training: Training) -> dict[str, str]:
    return dict(training.applications.values_list("person__name", "state"))


def mixed() -> Training:
    """One who was there, one who was not, one unsure, one with a certificate, one who was marked by hand, one without a seat."""
    training = held_training()
    for name, state in (("There", "confirmed"), ("Away", "confirmed"), ("Unsure", "confirmed"), ("Done", "completed"),
                        ("Wrong", "no_show"), ("No seat", "not_selected")):  # fmt: skip
        person = taking_part(training, state, name=name).person
        if name in ("There", "Wrong"):
            present(training, person, 120, 120)
        if name == "Unsure":
            AttendanceMatch.objects.create(activity=training, key="name:x", candidates=[person.pk])
    return training


def test_rule_moves_those_it_is_sure_of() -> None:
    training = mixed()
    found = applying_rule.proposals(training)
    assert {one.standing.person.name: one.to for one in found} == {
        "There": "attended", "Away": "no_show", "Unsure": None, "Wrong": "attended",
    }  # fmt: skip
    assert applying_rule.apply_rule(training=training, seen=applying_rule.fingerprint(found), by=None) == 3
    assert states(training) == {
        "There": "attended", "Away": "no_show", "Unsure": "confirmed", "Done": "completed", "Wrong": "attended",
        "No seat": "not_selected",
    }  # fmt: skip
    [step] = Application.objects.get(person__name="There").steps.all()
    assert (step.reason, step.reason_for) == ("100 % of the minutes.", "office")
    again = applying_rule.proposals(training)
    assert [one.to for one in again] == [None] * 4
    assert applying_rule.apply_rule(training=training, seen=applying_rule.fingerprint(again), by=None) == 0


def test_rule_is_not_applied_when_minutes_have_changed_since() -> None:
    training = mixed()
    seen = applying_rule.fingerprint(applying_rule.proposals(training))
    Attendance.objects.filter(person__name="There").update(minutes=0)
    with pytest.raises(ValidationError, match="has changed since you looked"):
        applying_rule.apply_rule(training=training, seen=seen, by=None)
    assert states(training)["Away"] == "confirmed"


def test_who_was_there_without_the_presentation_asked_for_is_shown_as_such() -> None:
    training = held_training(asks_presentation=True)
    for name, state, minutes in (("There", "confirmed", 120), ("Judged", "attended", 120), ("Presented", "confirmed", 120),
                                 ("Away", "confirmed", 0)):  # fmt: skip
        application = taking_part(training, state, name=name)
        present(training, application.person, minutes, minutes)
    ApplicationFile.objects.create(
        application=Application.objects.get(person__name="Presented"), purpose="presentation", file="a.pdf", name="a.pdf",
        kind="pdf", size=1,
    )  # fmt: skip
    found = applying_rule.proposals(training)
    assert {one.standing.person.name: (one.to, one.lacking) for one in found} == {
        "There": ("attended", True), "Judged": (None, True), "Presented": ("attended", False), "Away": ("no_show", False),
    }  # fmt: skip
    seen = applying_rule.fingerprint(found)
    ApplicationFile.objects.all().delete()
    with pytest.raises(ValidationError, match="has changed since you looked"):
        applying_rule.apply_rule(training=training, seen=seen, by=None)


def test_nobody_is_judged_before_the_training() -> None:
    training = held_training(starts_at=START.replace(year=2099), ends_at=START.replace(year=2099) + HOUR)
    taking_part(training)
    seen = applying_rule.fingerprint(applying_rule.proposals(training))
    with pytest.raises(ValidationError, match="not begun"):
        applying_rule.apply_rule(training=training, seen=seen, by=None)


def test_standings_ask_the_same_for_one_and_for_many() -> None:
    training = held_training()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            standings(training)
        return len(captured)

    taking_part(training)
    assert queries() == 4
    for _number in range(5):
        present(training, taking_part(training, person=PersonFactory()).person, 120, 60)
    assert queries() == 4
