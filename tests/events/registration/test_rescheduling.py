"""Moving, cancelling and reopening an event: the trace, who is told, what their calendar gets, what can be called back."""

import datetime as dt
from email import message_from_bytes, policy
from typing import Any

import icalendar
import pytest
import time_machine
from django.core import mail as django_mail
from django.core.exceptions import ValidationError

from activities.rescheduling.moves import When
from events.models import Event
from events.registration import rescheduling
from notifications import mailings
from notifications.delivery import sending
from notifications.models import Mail, Mailing
from records.formats.partial_dates import Precision
from tests.factories import EventFactory, PersonFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
START = dt.datetime(2027, 4, 8, 6, tzinfo=dt.UTC)
LATER = When(START + dt.timedelta(days=7), Precision.MINUTE, None, "", "Asia/Tokyo")


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def event() -> Event:
    return EventFactory(starts_at=START, timezone="Asia/Tokyo", title="Lakes", format="online")


def again(event: Event) -> Event:
    return Event.objects.get(pk=event.pk)


def send_after_undo() -> sending.Pass:
    with time_machine.travel(TODAY + dt.timedelta(minutes=11), tick=False):
        return sending.send_due()


def calendar_of(message: Any) -> tuple[str, icalendar.Event]:
    """The method, which stands in two places, and the entry, parsed back from the bytes that go over the line."""
    parsed = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    *_others, last = parsed.iter_parts()
    assert last.get_content_type() == "text/calendar"
    calendar = icalendar.Calendar.from_ical(last.get_payload(decode=True))
    assert str(calendar["METHOD"]) == last.get_param("method")
    [entry] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), entry


def test_move_keeps_its_trace_and_raises_the_sequence(event: Event) -> None:
    rescheduling.move(event=event, to=LATER, reason="The host asked for it.", by=None)
    event = again(event)
    assert When.of(event) == LATER
    assert event.sequence == 1
    [trace] = event.postponements.all()
    assert (trace.was_starts_at, trace.was_start_precision, trace.moved_at, trace.reason) == (
        START, "minute", TODAY, "The host asked for it.",
    )  # fmt: skip


def test_everybody_with_or_waiting_for_a_place_is_told_and_nobody_else(event: Event) -> None:
    told = [RegistrationFactory(event=event, state=state) for state in ("confirmed", "waiting")]
    for state in ("cancelled", "expired"):
        RegistrationFactory(event=event, state=state)
    RegistrationFactory()
    mailing = rescheduling.move(event=event, to=LATER, reason="", by=None)
    assert mailing is not None
    keys = set(mailing.mails.values_list("recipient_key", flat=True))
    assert keys == {f"person:{one.person_id}" for one in told}


def test_nobody_registered_makes_no_mailing(event: Event) -> None:
    assert rescheduling.move(event=event, to=LATER, reason="", by=None) is None
    assert not Mailing.objects.exists()


def test_mails_wait_until_they_can_no_longer_be_called_back(event: Event) -> None:
    RegistrationFactory(event=event)
    mailing = rescheduling.move(event=event, to=LATER, reason="", by=UserFactory())
    assert mailing is not None
    assert mailing.goes_at == TODAY + dt.timedelta(minutes=10)
    assert sending.send_due() == sending.Pass()
    assert mailings.call_back(mailing=mailing, by_id=7) == 1
    assert send_after_undo() == sending.Pass()
    [mail] = mailing.mails.all()
    assert (mail.state, mail.drop_reason) == ("dropped", "The mailing was called back.")
    assert list(mail.traces.values_list("what", "by_id")) == [("stopped", 7)]


def test_mail_of_a_move_says_both_times_and_brings_the_calendar_up_to_date(event: Event) -> None:
    RegistrationFactory(event=event, person=PersonFactory(name="Bat", time_zone="Asia/Ulaanbaatar"))
    rescheduling.move(event=event, to=LATER, reason="The host asked for it.", by=None)
    assert send_after_undo() == sending.Pass(sent=1)
    [message] = django_mail.outbox
    assert message.subject == "New time: Lakes · Bat"
    assert "Thursday 15 April 2027, 15:00, Tokyo, Asia/Tokyo (UTC+9)" in message.body
    assert "Your time: Thursday 15 April 2027, 14:00, Ulaanbaatar, Asia/Ulaanbaatar (UTC+8)" in message.body
    assert "It was to begin: Thursday 8 April 2027, 15:00, Tokyo, Asia/Tokyo (UTC+9)" in message.body
    assert "Why: The host asked for it." in message.body
    method, entry = calendar_of(message)
    assert (method, int(entry["SEQUENCE"]), str(entry["STATUS"])) == ("REQUEST", 1, "CONFIRMED")
    assert entry.decoded("DTSTART") == LATER.starts_at
    assert entry["ATTENDEE"].params["CN"] == "Bat"


def test_cancellation_takes_the_entry_out_of_the_calendar_and_reopening_brings_it_back(event: Event) -> None:
    RegistrationFactory(event=event, person__name="Bat")
    rescheduling.cancel(event=event, reason="", by=None)
    send_after_undo()
    rescheduling.reopen(event=again(event), reason="", by=None)
    send_after_undo()
    (cancel, gone), (request, back) = map(calendar_of, django_mail.outbox)
    assert [message.subject for message in django_mail.outbox] == [
        "Cancelled: Lakes · Bat", "Takes place after all: Lakes · Bat",
    ]  # fmt: skip
    assert (cancel, str(gone["STATUS"]), int(gone["SEQUENCE"])) == ("CANCEL", "CANCELLED", 1)
    assert (request, str(back["STATUS"]), int(back["SEQUENCE"])) == ("REQUEST", "CONFIRMED", 2)
    assert gone["UID"] == back["UID"]


def test_postponed_without_a_new_day_leaves_the_calendar(event: Event) -> None:
    RegistrationFactory(event=event, person__name="Bat")
    september = When(dt.datetime(2027, 8, 31, 15, tzinfo=dt.UTC), Precision.MONTH, None, "", "Asia/Tokyo")
    rescheduling.move(event=event, to=september, reason="", by=None)
    send_after_undo()
    [message] = django_mail.outbox
    assert message.subject == "Postponed: Lakes · Bat"
    assert "September 2027" in message.body
    assert calendar_of(message)[0] == "CANCEL"


def test_second_change_overtakes_the_first_that_has_not_gone_out(event: Event) -> None:
    RegistrationFactory(event=event, person__name="Bat")
    rescheduling.move(event=event, to=LATER, reason="", by=None)
    rescheduling.cancel(event=again(event), reason="", by=None)
    assert send_after_undo() == sending.Pass(sent=1)
    assert [message.subject for message in django_mail.outbox] == ["Cancelled: Lakes · Bat"]
    assert Mail.objects.get(kind="events.moved").drop_reason == "A newer change says it all."


def test_person_in_care_is_told_through_the_focal_point_and_has_an_entry_of_their_own(event: Event) -> None:
    committee = PersonFactory(name="Committee", email="committee@example.org")
    ranger = PersonFactory(name="Gantömör", email="", care_of=committee)
    RegistrationFactory(event=event, person=ranger)
    RegistrationFactory(event=event, person=committee)
    rescheduling.cancel(event=event, reason="", by=None)
    assert send_after_undo() == sending.Pass(sent=2)
    own, for_ranger = sorted(django_mail.outbox, key=lambda sent: str(sent.subject))
    assert for_ranger.to == own.to == ["committee@example.org"]
    assert "For: Gantömör" in for_ranger.body
    entries = [calendar_of(sent)[1] for sent in (own, for_ranger)]
    assert [str(entry["SUMMARY"]) for entry in entries] == ["Lakes · Committee", "Lakes · Gantömör"]
    assert entries[0]["UID"] != entries[1]["UID"]


def test_sessions_move_with_the_event(event: Event) -> None:
    event.sessions.create(title="Part", starts_at=START, ends_at=START + dt.timedelta(minutes=30))
    rescheduling.move(event=event, to=LATER, reason="", by=None)
    [session] = event.sessions.all()
    assert (session.starts_at, session.ends_at) == (LATER.starts_at, LATER.starts_at + dt.timedelta(minutes=30))


def refusal(act: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        act()
    return refused.value.messages[0]


def test_what_cannot_be_done_is_refused_with_the_reason(event: Event) -> None:
    past = When(TODAY - dt.timedelta(days=1), Precision.MINUTE, None, "", "Asia/Tokyo")
    ends_before = When(LATER.starts_at, Precision.MINUTE, START, Precision.MINUTE, "Asia/Tokyo")
    for to, words in [
        (When.of(event), "It is at this time already. Choose another one."),
        (past, "This time is past already. Choose one that is yet to come."),
        (ends_before, "The end lies before the start."),
    ]:
        assert refusal(lambda to=to: rescheduling.move(event=event, to=to, reason="", by=None)) == words
    Event.objects.update(status="held")
    held = "Only what is announced can be moved. This is: Held."
    assert refusal(lambda: rescheduling.move(event=event, to=LATER, reason="", by=None)) == held
    assert "announced" in refusal(lambda: rescheduling.cancel(event=event, reason="", by=None))
    assert (
        refusal(lambda: rescheduling.reopen(event=event, reason="", by=None))
        == "Only what was cancelled can be reopened."
    )
    assert again(event).sequence == 0


def test_rehearsal_counts_exactly_and_leaves_nothing(event: Event) -> None:
    for language in ("en", "ru", "ru"):
        RegistrationFactory(event=event, person__language=language)
    RegistrationFactory(event=event, person=PersonFactory(email=""))
    found = mailings.rehearse(lambda: rescheduling.move(event=event, to=LATER, reason="", by=None))
    assert (found.total, found.without_address, found.by_language) == (3, 1, {"ru": 2, "en": 1})
    assert {sample.language for sample in found.samples} == {"en", "ru"}
    letter = found.in_every_language["en"]
    assert "15 April 2027" in letter.text
    assert not Mail.objects.exists()
    assert not Mailing.objects.exists()
    assert (again(event).sequence, again(event).starts_at) == (0, START)
