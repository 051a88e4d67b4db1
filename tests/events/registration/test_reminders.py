"""When an event is reminded of: in seven zones, across summer time, across moves, for late comers, and never in vain."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as django_mail

from activities.rescheduling.moves import When
from events.models import Event, Registration
from events.registration import reminders, rescheduling
from notifications.delivery import sending
from notifications.models import Address, Mail
from records.formats.partial_dates import Precision
from tests.factories import EventFactory, PersonFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)


def at(zone: str, *moment: int) -> dt.datetime:
    return dt.datetime(*moment, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)  # type: ignore[arg-type]


def event_at(zone: str, *moment: int, **facts: Any) -> Event:
    return EventFactory(timezone=zone, starts_at=at(zone, *moment), **facts)


def waiting() -> dict[str, dt.datetime]:
    return dict(Mail.objects.filter(state="queued", kind__startswith="events.reminder").values_list("kind", "due"))


def due(zone: str, week: tuple[int, ...], day: tuple[int, ...], hour: tuple[int, ...]) -> dict[str, dt.datetime]:
    names = ("events.reminder_week", "events.reminder_day", "events.reminder_hour")
    return {name: at(zone, *moment) for name, moment in zip(names, (week, day, hour), strict=True)}


@pytest.mark.parametrize(
    "zone",
    ["Asia/Shanghai", "Asia/Pyongyang", "Asia/Tokyo", "Asia/Almaty", "Asia/Ulaanbaatar", "Asia/Seoul", "Europe/Moscow"],
)
@time_machine.travel(TODAY, tick=False)
def test_reminders_stand_on_the_clocks_of_the_event(zone: str) -> None:
    registration = RegistrationFactory(event=event_at(zone, 2027, 4, 8, 15, 0), person__time_zone="America/New_York")
    reminders.schedule(registration=registration)
    assert waiting() == due(zone, (2027, 4, 1, 15, 0), (2027, 4, 7, 15, 0), (2027, 4, 8, 14, 0))


@pytest.mark.parametrize(
    ("start", "week", "day", "hour"),
    [
        # Clocks in Paris go forward on 28 March 2027 at 2:00, and back on 31 October 2027 at 3:00.
        ((2027, 3, 30, 10, 0), (2027, 3, 23, 10, 0), (2027, 3, 29, 10, 0), (2027, 3, 30, 9, 0)),
        ((2027, 3, 28, 10, 0), (2027, 3, 21, 10, 0), (2027, 3, 27, 9, 0), (2027, 3, 28, 9, 0)),
        ((2027, 10, 31, 10, 0), (2027, 10, 24, 10, 0), (2027, 10, 30, 11, 0), (2027, 10, 31, 9, 0)),
        ((2027, 3, 28, 3, 30), (2027, 3, 21, 3, 30), (2027, 3, 27, 2, 30), (2027, 3, 28, 1, 30)),
    ],
)
@time_machine.travel(TODAY, tick=False)
def test_week_is_counted_on_the_calendar_and_a_day_in_hours(
    start: tuple[int, ...], week: tuple[int, ...], day: tuple[int, ...], hour: tuple[int, ...]
) -> None:
    reminders.schedule(registration=RegistrationFactory(event=event_at("Europe/Paris", *start)))
    assert waiting() == due("Europe/Paris", week, day, hour)


@time_machine.travel(TODAY, tick=False)
def test_week_before_at_a_time_that_summer_time_skips_is_an_hour_later() -> None:
    event = event_at("Europe/Paris", 2027, 4, 4, 2, 30)
    assert reminders.due_times(event)["events.reminder_week"] == dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("precision", "times"),
    [
        (Precision.DAY, {"events.reminder_week": (2027, 4, 1, 9), "events.reminder_day": (2027, 4, 7, 9)}),
        (Precision.MONTH, {}),
        (Precision.YEAR, {}),
    ],
)
def test_what_is_known_of_the_start_decides(precision: str, times: dict[str, tuple[int, ...]]) -> None:
    event = event_at("Asia/Seoul", 2027, 4, 8, 0, 0, start_precision=precision, ends_at=None)
    assert reminders.due_times(event) == {name: at("Asia/Seoul", *moment) for name, moment in times.items()}


@time_machine.travel(at("Asia/Seoul", 2027, 4, 7, 20, 0), tick=False)
def test_late_comer_gets_only_what_is_yet_to_come_and_the_outbox_says_why() -> None:
    reminders.schedule(registration=RegistrationFactory(event=event_at("Asia/Seoul", 2027, 4, 8, 15, 0)))
    assert waiting() == {"events.reminder_hour": at("Asia/Seoul", 2027, 4, 8, 14, 0)}
    put_off = Mail.objects.filter(state="dropped").order_by("kind").values_list("kind", "drop_reason")
    why = "Its time was past already when the person registered."
    assert list(put_off) == [("events.reminder_day", why), ("events.reminder_week", why)]


def moved(event: Event, *moment: int, zone: str = "", precision: str = Precision.MINUTE) -> Event:
    zone = zone or event.timezone
    to = When(at(zone, *moment), precision, None, "", zone)
    rescheduling.move(event=event, to=to, reason="The host asked for it.", by=UserFactory())
    return Event.objects.get(pk=event.pk)


@time_machine.travel(TODAY, tick=False)
def test_move_across_the_beginning_of_summer_time_computes_all_times_anew() -> None:
    event = event_at("Europe/Paris", 2027, 3, 26, 10, 0)
    RegistrationFactory(event=event, state="waiting")
    reminders.schedule(registration=RegistrationFactory(event=event))
    moved(event, 2027, 4, 2, 10, 0)
    assert waiting() == due("Europe/Paris", (2027, 3, 26, 10, 0), (2027, 4, 1, 10, 0), (2027, 4, 2, 9, 0))
    gone = Mail.objects.filter(state="dropped", kind__startswith="events.reminder")
    assert set(gone.values_list("drop_reason", flat=True)) == {"The event was moved."}
    assert gone.count() == 3


@time_machine.travel(TODAY, tick=False)
def test_move_there_and_back_reminds_at_the_old_times() -> None:
    event = event_at("Asia/Tokyo", 2027, 4, 8, 15, 0)
    reminders.schedule(registration=RegistrationFactory(event=event))
    before = waiting()
    event = moved(event, 2027, 5, 8, 15, 0)
    assert waiting() != before
    moved(event, 2027, 4, 8, 15, 0)
    assert waiting() == before


@time_machine.travel(TODAY, tick=False)
def test_move_into_the_same_days_of_another_zone() -> None:
    event = event_at("Asia/Tokyo", 2027, 4, 8, 15, 0)
    reminders.schedule(registration=RegistrationFactory(event=event))
    moved(event, 2027, 4, 8, 15, 0, zone="Asia/Almaty")
    assert waiting() == due("Asia/Almaty", (2027, 4, 1, 15, 0), (2027, 4, 7, 15, 0), (2027, 4, 8, 14, 0))


@time_machine.travel(TODAY, tick=False)
def test_postponed_to_a_month_is_not_reminded_of() -> None:
    event = event_at("Asia/Tokyo", 2027, 4, 8, 15, 0)
    reminders.schedule(registration=RegistrationFactory(event=event))
    moved(event, 2027, 9, 1, 0, 0, precision=Precision.MONTH)
    assert waiting() == {}


@time_machine.travel(TODAY, tick=False)
def test_cancel_stops_and_reopen_begins_again() -> None:
    event = event_at("Asia/Tokyo", 2027, 4, 8, 15, 0)
    reminders.schedule(registration=RegistrationFactory(event=event))
    before = waiting()
    rescheduling.cancel(event=event, reason="", by=None)
    assert waiting() == {}
    rescheduling.reopen(event=Event.objects.get(pk=event.pk), reason="", by=None)
    assert waiting() == before


@time_machine.travel(TODAY, tick=False)
def test_person_who_cancels_and_registers_again_is_reminded_once() -> None:
    event = event_at("Asia/Tokyo", 2027, 4, 8, 15, 0)
    first = RegistrationFactory(event=event)
    reminders.schedule(registration=first)
    reminders.stop(event=event, reason="cancelled", person_id=first.person_id)
    Registration.objects.update(state="cancelled")
    reminders.schedule(registration=RegistrationFactory(event=event, person=first.person))
    assert Mail.objects.filter(state="queued").count() == 3


@time_machine.travel(TODAY, tick=False)
def test_stop_of_one_person_leaves_the_others() -> None:
    event = event_at("Asia/Tokyo", 2027, 4, 8, 15, 0)
    one, other = RegistrationFactory(event=event), RegistrationFactory(event=event)
    for registration in (one, other):
        reminders.schedule(registration=registration)
    assert reminders.stop(event=event, reason="cancelled", person_id=one.person_id) == 3
    left = Mail.objects.filter(state="queued").values_list("recipient_key", flat=True)
    assert set(left) == {f"person:{other.person_id}"}


def sent_at(moment: dt.datetime) -> tuple[sending.Pass, list[str]]:
    with time_machine.travel(moment, tick=False):
        done = sending.send_due()
    return done, [sent.subject for sent in django_mail.outbox]


def test_reminders_go_out_at_their_times_and_carry_the_personal_address() -> None:
    event = event_at("Asia/Ulaanbaatar", 2027, 4, 8, 15, 0, title="Lakes", format="online")
    registration = RegistrationFactory(event=event, person__time_zone="Asia/Tokyo", person__name="Bat")
    with time_machine.travel(TODAY, tick=False):
        reminders.schedule(registration=registration)
    assert sent_at(at("Asia/Ulaanbaatar", 2027, 4, 1, 15, 1))[0] == sending.Pass(sent=1)
    assert sent_at(at("Asia/Ulaanbaatar", 2027, 4, 7, 15, 1))[0] == sending.Pass(sent=1)
    _done, subjects = sent_at(at("Asia/Ulaanbaatar", 2027, 4, 8, 14, 1))
    assert subjects == [
        "Reminder: Lakes, Thursday 8 April 2027 · Bat", "Reminder: Lakes, Thursday 8 April 2027 · Bat",
        "Begins soon: Lakes, Thursday 8 April 2027 · Bat",
    ]  # fmt: skip
    body = django_mail.outbox[-1].body
    assert f"/join/{registration.join_token}/" in body
    assert "15:00 to 17:00, Ulaanbaatar, Asia/Ulaanbaatar (UTC+8)" in body
    assert "Your time: Thursday 8 April 2027, 16:00 to 18:00, Tokyo, Asia/Tokyo (UTC+9)" in body


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda: Event.objects.update(status="cancelled"), "The event was cancelled."),
        (lambda: Event.objects.update(sequence=1), "The event was moved."),
        (lambda: Registration.objects.update(state="cancelled"), "The person is no longer registered."),
        (lambda: Registration.objects.update(state="waiting"), "The person is no longer registered."),
        (lambda: Registration.objects.all().delete(), "The person is no longer registered."),
    ],
)
def test_what_happens_meanwhile_decides_at_the_moment_of_sending(change: Any, reason: str) -> None:
    """The act that forgets to stop the reminders does no harm."""
    with time_machine.travel(TODAY, tick=False):
        reminders.schedule(registration=RegistrationFactory(event=event_at("Asia/Tokyo", 2027, 4, 8, 15, 0)))
    change()
    assert sent_at(at("Asia/Tokyo", 2027, 4, 1, 15, 1))[0] == sending.Pass(dropped=1)
    assert Mail.objects.get(state="dropped").drop_reason == reason


def test_reminder_held_up_beyond_its_use_is_not_sent() -> None:
    with time_machine.travel(TODAY, tick=False):
        reminders.schedule(registration=RegistrationFactory(event=event_at("Asia/Tokyo", 2027, 4, 8, 15, 0)))
    done, subjects = sent_at(at("Asia/Tokyo", 2027, 4, 8, 14, 30))
    assert (done, len(subjects)) == (sending.Pass(sent=1, dropped=2), 1)
    done, _subjects = sent_at(at("Asia/Tokyo", 2027, 4, 8, 15, 30))
    assert done == sending.Pass()


@pytest.mark.parametrize(
    ("wish", "kinds"),
    [
        ("all", {"events.reminder_week", "events.reminder_day", "events.reminder_hour"}),
        ("day", {"events.reminder_day"}),
        ("never", set()),
    ],
)
def test_reader_chooses_how_many(wish: str, kinds: set[str]) -> None:
    event = event_at("Asia/Tokyo", 2027, 4, 8, 15, 0)
    person = PersonFactory(email="ranger@example.org")
    with time_machine.travel(TODAY, tick=False):
        reminders.schedule(registration=RegistrationFactory(event=event, person=person))
    Address.objects.create(email=person.email, wishes={"reminders": wish})
    for moment in ((2027, 4, 1, 15, 1), (2027, 4, 7, 15, 1), (2027, 4, 8, 14, 1)):
        sent_at(at("Asia/Tokyo", *moment))
    assert set(Mail.objects.filter(state="sent").values_list("kind", flat=True)) == kinds
