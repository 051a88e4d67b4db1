"""The officer moves, cancels and reopens events and changes places: looks who is told first, and can call it back."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event, Registration
from notifications.models import Mail, Mailing
from tests.factories import EventFactory, PersonFactory, RegistrationFactory
from tests.people import signed_in

from .pages import change_address, errors_of, fields_of, send

pytestmark = pytest.mark.django_db
START = (timezone.now() + dt.timedelta(days=60)).replace(hour=6, minute=0, second=0, microsecond=0)


@pytest.fixture
def desk(officer_client: Client) -> Client:
    return officer_client


@pytest.fixture
def event() -> Event:
    event = EventFactory(
        starts_at=START, timezone="Asia/Tokyo", title="Lakes", format="online", capacity_online=3,
        registration_opens_at=START - dt.timedelta(days=90),
    )  # fmt: skip
    for number in range(2):
        RegistrationFactory(event=event, person=PersonFactory(name=f"Reader {number}"))
    return event


def act_address(event: Event, act: str) -> str:
    return f"/admin/events/event/{event.pk}/{act}/"


def test_move_is_looked_at_before_it_is_done_and_can_be_called_back(desk: Client, event: Event) -> None:
    page = desk.get(change_address(event)).content.decode()
    assert act_address(event, "move") in page
    address = act_address(event, "move")
    typed = fields_of(desk.get(address).content.decode())
    day = START + dt.timedelta(days=7)
    typed |= {"starts_at_0": [f"{day:%Y-%m-%d}"], "starts_at_1": ["15:00"], "reason": ["The host asked for it."]}
    typed |= {"ends_at_0": [""], "ends_at_1": [""], "end_precision": [""]}
    shown = desk.post(address, typed)
    text = shown.content.decode()
    assert "2 mails go out." in text
    assert "New time: Lakes" in text
    assert Event.objects.get(pk=event.pk).starts_at == START
    assert not Mail.objects.exists()
    done = desk.post(address, {**fields_of(text), "confirm": ["1"]}, follow=True)
    assert "2 mails go out at" in done.content.decode()
    assert Event.objects.get(pk=event.pk).starts_at == START + dt.timedelta(days=7)
    [mailing] = Mailing.objects.all()
    assert mailing.mails.count() == 2
    assert f"/admin/notifications/mailing/{mailing.pk}/change/" in done.content.decode()


def test_impossible_move_is_named_at_its_field_and_keeps_what_was_typed(desk: Client, event: Event) -> None:
    address = act_address(event, "move")
    typed = fields_of(desk.get(address).content.decode())
    answer = desk.post(address, {**typed, "starts_at_0": ["2020-01-01"], "reason": ["Kept."]})
    form = answer.context["form"]
    assert form.errors["starts_at"] == ["This time is past already. Choose one that is yet to come."]
    assert "Kept." in answer.content.decode()


def test_form_sent_back_with_an_error_keeps_the_time_in_words(desk: Client, event: Event) -> None:
    """Hidden from the public and wrong in one field at once: the time was public when the form was opened."""
    typed = fields_of(desk.get(change_address(event)).content.decode())
    typed.pop("published")
    answer = desk.post(change_address(event), {**typed, "title_en": [""]})
    assert answer.status_code == 200
    assert len(errors_of(answer)) == 1
    assert 'name="starts_at_0"' not in answer.content.decode()


def test_cancelled_and_reopened(desk: Client, event: Event) -> None:
    for act, status in (("cancel", "cancelled"), ("reopen", "announced")):
        assert act_address(event, act) in desk.get(change_address(event)).content.decode()
        shown = desk.post(act_address(event, act), {"reason": "Storm."}).content.decode()
        desk.post(act_address(event, act), {**fields_of(shown), "confirm": ["1"]})
        assert Event.objects.get(pk=event.pk).status == status
    assert Mail.objects.filter(kind="events.reopened", state="queued").count() == 2
    assert Mail.objects.filter(kind="events.cancelled", state="dropped").count() == 2


def test_time_of_an_event_with_people_is_not_in_its_form_and_status_cannot_cancel_it(
    desk: Client, event: Event
) -> None:
    page = desk.get(change_address(event)).content.decode()
    assert 'name="starts_at_0"' not in page
    answer = send(desk, event, status="cancelled")
    assert "Use the acts at the top to cancel it" in str(errors_of(answer))
    assert Event.objects.get(pk=event.pk).status == "announced"


def test_status_in_the_form_is_no_second_way_to_cancel_or_reopen(desk: Client) -> None:
    event = EventFactory(starts_at=START)
    send(desk, event, status="cancelled")
    assert Event.objects.get(pk=event.pk).status == "announced"
    Event.objects.update(status="cancelled")
    send(desk, event, status="announced")
    assert Event.objects.get(pk=event.pk).status == "cancelled"
    Event.objects.update(status="announced")
    send(desk, event, status="held", reason_for_change="It took place")
    event = Event.objects.get(pk=event.pk)
    assert (event.status, event.sequence) == ("held", 0)  # no calendar entry changes for that


@pytest.mark.parametrize(
    ("status", "published", "start", "fixed"),
    [
        ("announced", True, START, True),
        ("announced", True, START - dt.timedelta(days=400), True),
        ("cancelled", True, START, True),
        ("draft", True, START, False),
        ("announced", False, START, False),
        ("held", True, START - dt.timedelta(days=400), False),
        ("cancelled", True, START - dt.timedelta(days=400), False),
    ],
)
def test_public_time_is_not_in_the_form_even_with_nobody_registered(
    desk: Client, status: str, published: bool, start: dt.datetime, fixed: bool
) -> None:
    event = EventFactory(starts_at=start, timezone="Asia/Tokyo", status=status, published=published)
    page = desk.get(change_address(event)).content.decode()
    asked = [f'name="{name}"' in page for name in ("starts_at_0", "start_precision", "end_precision", "timezone")]
    assert asked == [not fixed] * 4
    assert (f"{start + dt.timedelta(hours=9):%Y-%m-%d %H:%M}" in page) is fixed  # on the clocks of Tokyo
    forged = {"starts_at_0": "2031-01-01", "starts_at_1": "10:00", "timezone": "UTC", "start_precision": "year"}
    desk.post(
        change_address(event), {**fields_of(page), **forged, "ends_at_0": "", "ends_at_1": "", "end_precision": ""}
    )
    event.refresh_from_db()
    assert (event.starts_at == start, event.timezone == "Asia/Tokyo") == (fixed, fixed)


def test_move_with_nobody_registered_keeps_its_trace_and_tells_nobody(desk: Client) -> None:
    event = EventFactory(starts_at=START, timezone="Asia/Tokyo")
    address = act_address(event, "move")
    day = START + dt.timedelta(days=7)
    typed = fields_of(desk.get(address).content.decode())
    typed |= {"starts_at_0": [f"{day:%Y-%m-%d}"], "reason": ["The host asked."]}
    typed |= {"ends_at_0": [""], "ends_at_1": [""], "end_precision": [""]}
    shown = desk.post(address, typed).content.decode()
    desk.post(address, {**fields_of(shown), "confirm": ["1"]})
    event = Event.objects.get(pk=event.pk)
    assert (event.starts_at, event.sequence) == (day, 1)
    assert [(one.was_starts_at, one.reason) for one in event.postponements.all()] == [(START, "The host asked.")]
    assert not Mail.objects.exists()


def test_new_time_of_a_draft_is_a_new_version_of_its_calendar_entry(desk: Client) -> None:
    event = EventFactory(starts_at=START, timezone="Asia/Tokyo", status="draft")
    send(desk, event, starts_at_1="16:00", ends_at_1="18:30")
    event = Event.objects.get(pk=event.pk)
    assert (event.sequence, event.starts_at.hour) == (1, 7)
    send(desk, event, title_en="Only words")
    assert Event.objects.get(pk=event.pk).sequence == 1


def test_fewer_places_than_taken_are_refused_and_more_are_offered(desk: Client, event: Event) -> None:
    RegistrationFactory(event=event)
    waits = RegistrationFactory(event=event, state="waiting", queued_at=timezone.now())
    answer = send(desk, event, capacity_online="2")
    assert "3 places are taken already." in str(errors_of(answer))
    send(desk, event, capacity_online="4")
    assert Registration.objects.get(pk=waits.pk).state == "offered"


def test_officer_confirms_and_cancels_registrations_and_sees_the_steps(desk: Client, event: Event) -> None:
    held = RegistrationFactory(event=event, state="held", held_until=timezone.now() + dt.timedelta(hours=1))
    listed = "/admin/events/registration/"
    for act, state in (("confirm", "confirmed"), ("cancel", "cancelled")):
        answer = desk.post(listed, {"action": act, "_selected_action": [held.pk]}, follow=True)
        assert "1 registration was changed." in answer.content.decode()
        assert Registration.objects.get(pk=held.pk).state == state
    page = desk.get(f"{listed}{held.pk}/change/").content.decode()
    assert "Cancelled by the secretariat." in page
    assert "oyun@example.org" in page


@pytest.mark.parametrize("act", ["move", "cancel", "reopen"])
@pytest.mark.parametrize("who", ["focal_point", "steward", "stranger"])
def test_nobody_else_gets_there(act: str, who: str, event: Event, request: Any) -> None:
    client = signed_in(request.getfixturevalue(who).user)
    for answer in (client.get(act_address(event, act)), client.post(act_address(event, act), {"confirm": "1"})):
        assert answer.status_code in (302, 403, 404)
    assert Event.objects.get(pk=event.pk).status == "announced"
