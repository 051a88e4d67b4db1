"""What attendance lists hold about people: handed out, forgotten with the account, erased after their days."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Person
from accounts.persons.owner import owner_of
from activities.attendance import recording as attendance
from activities.attendance import settling as attendance_settling
from activities.attendance.rows import Presence, Reading
from activities.models import Attendance, AttendanceCorrection, AttendanceFile, AttendanceMatch
from records.personal_data import all_holdings
from tests.trainings.held import held_training, taking_part
from trainings.certificates import certifying
from trainings.models import Certificate, Training

pytestmark = pytest.mark.django_db
[HOLDING] = [holding for holding in all_holdings() if holding.name == "trainings"]


@pytest.fixture
def listed() -> Person:
    """Bat stands in a list, was corrected by hand in the other session, and has a certificate."""
    training = held_training()
    person = taking_part(training, "attended", name="Bat", native_name="Бат", email="bat.b@example.org").person
    first, second = training.sessions.all()
    reading = Reading("sheet", [Presence(1, "Bat B.", "bat.b@example.org", minutes=60)])
    attendance.take_over(activity=training, reading=reading, name="list.csv", session=first, by=None)
    attendance.correct(session=second, person=person, minutes=30, reason="Was ill.", by=None)
    certifying.issue(activity=training, person=person, by=None)
    return person


def test_all_is_handed_out(listed: Person) -> None:
    held = HOLDING.gather(owner_of(person=listed, user=None))
    [name], [correction], [certificate] = (
        held["names_in_lists"],
        held["corrections_of_attendance"],
        held["certificates"],
    )
    assert (name["name"], name["email"], name["minutes"]) == ("Bat B.", "bat.b@example.org", 60)
    assert (correction["became"], correction["reason"]) == (30, "Was ill.")
    assert (certificate["name"], certificate["native_name"]) == ("Bat", "Бат")


def test_names_go_and_minutes_stay(listed: Person) -> None:
    HOLDING.forget(owner_of(person=listed, user=None))
    assert list(Attendance.objects.order_by("pk").values_list("minutes", flat=True)) == [60, 30]
    match = AttendanceMatch.objects.get()
    assert (match.name, match.email, match.key) == ("–", "", f"erased:{match.pk}")
    assert AttendanceCorrection.objects.get().reason == ""
    certificate = Certificate.objects.get()
    assert (certificate.name, certificate.native_name) == ("–", "")


def test_lists_are_erased_after_their_days_and_minutes_stay(listed: Person) -> None:
    assert attendance_settling.settle_all(Training, timezone.now() - dt.timedelta(days=1)) == 0
    AttendanceFile.objects.update(imported_at=timezone.now() - dt.timedelta(days=500))
    assert attendance_settling.settle_all(Training, timezone.now() - dt.timedelta(days=400)) == 1
    assert not AttendanceMatch.objects.exists()
    attendance.recount(activity=Training.objects.get())
    assert list(Attendance.objects.order_by("pk").values_list("minutes", "source")) == [
        (60, "erased list"), (30, "hand"),
    ]  # fmt: skip
