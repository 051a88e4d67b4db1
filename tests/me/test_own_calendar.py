"""A person's own calendar: what is in it, for whom, and how its address is given and taken back."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from events.models import CalendarToken, Event
from events.participation import calendar_tokens
from events.registration import rescheduling
from events.registration import waiting_list as waiting
from events.registration.registering import cancel, confirm, register
from tests.calendars import entries, read_elsewhere
from tests.factories import EventFactory, PersonFactory, RegistrationFactory, SeatClassFactory, TrainingFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db
LATER = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


def own(client: Client, person: Person) -> Any:
    response = client.get(f"/calendar/{person.calendar_token.token}.ics")
    assert response.status_code == 200
    return read_elsewhere(response.content)


@pytest.fixture
def person() -> Person:
    person = PersonFactory()
    calendar_tokens.renew(person=person)
    return person


def test_calendar_holds_what_the_person_is_registered_for_and_nothing_of_others(client: Client, person: Person) -> None:
    for state in ("confirmed", "waiting", "cancelled", "expired"):
        RegistrationFactory(person=person, state=state, event=EventFactory(title=state))
    for state in ("held", "offered"):
        RegistrationFactory(person=person, state=state, held_until=LATER, event=EventFactory(title=state))
    RegistrationFactory(event=EventFactory(title="of somebody else"))
    RegistrationFactory(person=person, event=EventFactory(title="unseen", published=False))
    RegistrationFactory(person=person, event=EventFactory(title="draft", status="draft"))
    RegistrationFactory(person=person, event=EventFactory(title="sometime", start_precision="year"))
    found = {one.summary.value: one.status.value for one in entries(own(client, person))}
    assert found == {
        "confirmed": "CONFIRMED", "waiting": "TENTATIVE", "held": "TENTATIVE", "offered": "TENTATIVE",
        "cancelled": "CANCELLED", "expired": "CANCELLED",
    }  # fmt: skip


def version(client: Client, person: Person) -> tuple[str, int]:
    (entry,) = entries(own(client, person))
    return entry.status.value, int(entry.sequence.value)


def test_place_given_up_is_taken_out_of_programs_and_one_taken_again_comes_back(client: Client, person: Person) -> None:
    event = EventFactory(registration_opens_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    registration = register(event=event, person=person, presence="online", known=True)
    (first,) = entries(own(client, person))
    seen = [version(client, person)]
    for _ in range(2):
        cancel(registration=registration)
        seen.append(version(client, person))
        registration = register(event=event, person=person, presence="online", known=True)
        seen.append(version(client, person))
    assert [status for status, _sequence in seen] == ["CONFIRMED", "CANCELLED"] * 2 + ["CONFIRMED"]
    assert [sequence for _status, sequence in seen] == [0, 1, 2, 3, 4]
    cancel(registration=registration)
    (entry,) = entries(own(client, person))
    assert entry.uid.value == first.uid.value
    assert registration.join_token not in own(client, person).serialize()


def test_place_that_lapsed_and_was_confirmed_late_comes_back(client: Client, person: Person) -> None:
    event = EventFactory(
        starts_at=timezone.now() + dt.timedelta(days=9), registration_opens_at=timezone.now() - dt.timedelta(days=9)
    )
    registration = register(event=event, person=person, presence="online")
    seen = [version(client, person)]
    with time_machine.travel(timezone.now() + dt.timedelta(days=2), tick=False):
        waiting.settle_overdue()
        seen.append(version(client, person))
        confirm(registration=registration)
        seen.append(version(client, person))
    assert seen == [("TENTATIVE", 0), ("CANCELLED", 1), ("CONFIRMED", 2)]


def test_place_given_up_stays_until_thirty_days_after_the_event(client: Client, person: Person) -> None:
    event = EventFactory(starts_at=LATER, ends_at=LATER + dt.timedelta(hours=2))
    RegistrationFactory(person=person, event=event, state="cancelled")
    RegistrationFactory(person=person, event=EventFactory(title="hidden", published=False), state="cancelled")
    over = event.ends_at + dt.timedelta(days=30)
    for moment, expected in ((over - dt.timedelta(minutes=1), 1), (over, 0)):
        with time_machine.travel(moment, tick=False):
            assert len(entries(own(client, person))) == expected


def test_trainings_stand_in_it_once_the_person_is_selected(client: Client, person: Person) -> None:
    for number, state in enumerate(("submitted", "selected", "reserve_list", "confirmed", "not_selected", "withdrawn")):
        training = TrainingFactory(title=state, states=["MN"])
        rank = 1 if state == "reserve_list" else None
        training.applications.create(
            person=person,
            reference=f"R{number}",
            state=state,
            submitted_at=LATER,
            reserve_rank=rank,
            seat_class=SeatClassFactory(training=training),
            answer_by=LATER if state == "selected" else None,
            member_state=training.member_states.get(),
        )
    found = {one.summary.value: one.status.value for one in entries(own(client, person))}
    assert found == {"selected": "TENTATIVE", "reserve_list": "TENTATIVE", "confirmed": "CONFIRMED"}


def test_only_a_confirmed_place_online_has_its_address_to_join(client: Client, person: Person) -> None:
    online = RegistrationFactory(person=person, event=EventFactory(title="online", format="online"))
    waiting = RegistrationFactory(person=person, state="waiting", event=EventFactory(title="full", format="online"))
    onsite = RegistrationFactory(person=person, event=EventFactory(title="onsite", format="onsite"))
    text = client.get(f"/calendar/{person.calendar_token.token}.ics").content.decode().replace("\r\n ", "")
    address = f"http://localhost:8000/join/{online.join_token}/"
    assert f"CONFERENCE;FEATURE=VIDEO;LABEL=Join;VALUE=URI:{address}" in text
    assert f"Join: {address}" in text
    assert (waiting.join_token in text, onsite.join_token in text) == (False, False)
    assert online.join_token not in client.get("/calendar.ics").content.decode()


def test_cancelled_event_is_marked_without_an_address_to_join(client: Client, person: Person) -> None:
    registration = RegistrationFactory(person=person, event=EventFactory(format="online"))
    before = entries(own(client, person))[0]
    rescheduling.cancel(event=registration.event, reason="", by=None)
    (entry,) = entries(own(client, person))
    assert (entry.uid.value, entry.status.value, entry.sequence.value) == (before.uid.value, "CANCELLED", "1")
    assert registration.join_token not in entry.description.value


def test_calendar_is_in_the_language_of_the_person(client: Client, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(language="ko")
    RegistrationFactory(person=person, event=EventFactory(title="Lakes", title_ko="호수"))
    response = client.get(f"/calendar/{person.calendar_token.token}.ics")
    assert response["Content-Language"] == "ko"
    assert [one.summary.value for one in entries(read_elsewhere(response.content))] == ["호수"]


def test_calendar_is_private_and_not_sent_again(client: Client, person: Person) -> None:
    registration = RegistrationFactory(person=person, state="waiting")
    address = f"/calendar/{person.calendar_token.token}.ics"
    first = client.get(address)
    assert (first["Cache-Control"], first["X-Robots-Tag"]) == ("private, no-cache", "noindex")
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    registration.state = "confirmed"
    registration.save()
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_calendar_query_count_does_not_grow(client: Client, person: Person, django_assert_num_queries: Any) -> None:
    address = f"/calendar/{person.calendar_token.token}.ics"
    for number in (1, 2):
        for _ in range(number):
            RegistrationFactory(person=person)
        with django_assert_num_queries(4):
            client.get(address)


@pytest.mark.parametrize("token", ["unknown", "x" * 500, "..", "%00", "长白山"])
def test_unknown_token_finds_nothing(client: Client, person: Person, token: str) -> None:
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_address_is_made_renewed_and_taken_back_on_the_own_page(stranger: Person) -> None:
    mine = signed_in(stranger.user)
    assert 'href="/me/calendar/"' in mine.get("/me/").content.decode()
    assert ".ics" not in mine.get("/me/calendar/").content.decode().partition("<main")[2].partition("</main")[0]
    assert CalendarToken.objects.count() == 0  # looking makes none
    mine.post("/me/calendar/", {"do": "renew"})
    first = CalendarToken.objects.get(person=stranger).token
    text = mine.get("/me/calendar/").content.decode()
    assert f"http://localhost:8000/calendar/{first}.ics" in text
    assert f'href="webcal://localhost:8000/calendar/{first}.ics"' in text
    mine.post("/me/calendar/", {"do": "renew"})
    second = CalendarToken.objects.get(person=stranger).token
    assert [Client().get(f"/calendar/{token}.ics").status_code for token in (first, second)] == [404, 200]
    mine.post("/me/calendar/", {"do": "revoke"})
    assert Client().get(f"/calendar/{second}.ics").status_code == 404
    assert CalendarToken.objects.count() == 0


def test_page_of_the_address_is_for_who_is_signed_in_and_kept_by_nobody(stranger: Person) -> None:
    assert Client().get("/me/calendar/").status_code == 302
    assert Client().post("/me/calendar/", {"do": "renew"}).status_code == 302
    assert CalendarToken.objects.count() == 0
    assert "no-store" in signed_in(stranger.user).get("/me/calendar/")["Cache-Control"]


def test_another_person_cannot_take_it_back(person: Person, stranger: Person) -> None:
    signed_in(stranger.user).post("/me/calendar/", {"do": "revoke"})
    assert CalendarToken.objects.get().person == person


def test_person_who_is_erased_takes_the_address_along(person: Person) -> None:
    person.delete()
    assert (CalendarToken.objects.count(), Event.objects.count()) == (0, 0)
