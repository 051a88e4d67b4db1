"""Two writers of one activity: the row of the table that all activities share is held, always and first."""

import pytest
from django.db import transaction

from activities.attendance import recording
from activities.models import Attendance, AttendanceCorrection, Session
from events.models import Event
from tests.events.registration.test_races import at_once
from tests.factories import EventFactory, PersonFactory, TrainingFactory
from trainings.models import Training
from typed_records.locks import locked

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8


def test_writers_of_shared_and_own_columns_of_an_event_lose_nothing() -> None:
    event = EventFactory(participants=0, outcomes_en="")

    def write() -> None:
        with transaction.atomic():
            held = locked(event)
            held.participants, held.outcomes_en = held.participants + 1, f"{held.outcomes_en}x"
            held.save()

    assert at_once([write] * WRITERS) == []
    assert Event.objects.values_list("participants", "outcomes_en").get() == (WRITERS, "x" * WRITERS)


def test_one_writer_of_each_table_of_a_training_lose_nothing() -> None:
    training = TrainingFactory(participants=0, seats_note="")

    def shared() -> None:
        with transaction.atomic():
            held = locked(training)
            held.participants += 1
            held.save(update_fields=["participants"])

    def own() -> None:
        with transaction.atomic():
            held = locked(training)
            held.seats_note += "x"
            held.save(update_fields=["seats_note"])

    assert at_once([shared, own] * WRITERS) == []
    assert Training.objects.values_list("participants", "seats_note").get() == (WRITERS, "x" * WRITERS)


@pytest.mark.parametrize("make", [EventFactory, TrainingFactory])
def test_corrections_at_once_of_one_person_make_one_row_and_a_whole_log(make: type[EventFactory]) -> None:
    activity, person = make(), PersonFactory()
    session = Session.objects.create(
        activity=activity, title="One", starts_at=activity.starts_at, ends_at=activity.ends_at
    )
    acts = [
        lambda minutes=minutes: recording.correct(session=session, person=person, minutes=minutes, reason="R", by=None)
        for minutes in range(1, WRITERS + 1)
    ]
    assert at_once(acts) == []
    log = list(AttendanceCorrection.objects.order_by("pk").values_list("was", "became"))
    assert [was for was, _became in log] == [None, *(became for _was, became in log[:-1])]
    assert Attendance.objects.get().minutes == log[-1][1]
