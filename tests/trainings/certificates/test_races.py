"""Two officers at once, two trainers at once: one certificate, and no tick lost."""

import pytest

from activities.attendance import ticking
from activities.attendance.ticking import Tick
from activities.models import Attendance
from tests.events.registration.test_races import at_once
from tests.trainings.held import held_training, taking_part
from trainings.certificates import certifying
from trainings.models import Certificate

pytestmark = pytest.mark.django_db(transaction=True)


def test_officers_issuing_at_once_make_one_certificate_for_each() -> None:
    training = held_training()
    people = [taking_part(training, "attended", name=f"P{number}").person for number in range(3)]
    acts = [
        *[lambda: certifying.issue_all(activity=training, by=None)] * 3,
        *[lambda one=one: certifying.issue(activity=training, person=one, by=None) for one in people * 2],
    ]
    assert at_once(acts) == []
    assert sorted(Certificate.objects.values_list("person", flat=True)) == [one.pk for one in people]
    assert set(training.applications.values_list("state", flat=True)) == {"completed"}


def test_people_ticking_at_once_lose_no_tick() -> None:
    training = held_training()
    session = training.sessions.all()[0]
    people = [taking_part(training, name=f"P{number}").person for number in range(12)]
    nobody = {one.pk: Tick(None, present=False) for one in people}
    acts = [
        lambda one=one: ticking.tick(session=session, ticks={**nobody, one.pk: Tick(None, present=True)}, by=None)
        for one in people
    ]
    assert at_once(acts) == []
    assert Attendance.objects.filter(session=session).count() == len(people)
