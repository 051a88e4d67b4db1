"""A focal point registers a ranger, with or without an address, and gives the place back; nobody else can."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from events.models import Event, Registration
from notifications.delivery import sending
from tests.factories import EventFactory, MemberStateFactory, PersonFactory, RegistrationFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    now = timezone.now()
    return EventFactory(
        title="Lakes", starts_at=now + dt.timedelta(days=30), format="online", capacity_online=1,
        registration_opens_at=now - dt.timedelta(days=1),
    )  # fmt: skip


@pytest.fixture
def ranger(focal_point: Person) -> Person:
    return PersonFactory(name="Gantömör", email="", care_of=focal_point, member_state=focal_point.member_state)


def register(client: Client, person: Person, event: Event, **changed: Any) -> Any:
    answers = {"event": event.pk, "presence": "online", "audience": "site", **changed}
    return client.post(f"/me/people/{person.pk}/register/", answers, follow=True)


def test_ranger_without_an_address_gets_a_place_and_the_mail_goes_in_care(
    focal_point: Person, ranger: Person, event: Event
) -> None:
    client = signed_in(focal_point.user)
    assert "in care of Bat" in client.get(f"/me/people/{ranger.pk}/register/").content.decode()
    assert "Gantömör: Confirmed." in register(client, ranger, event).content.decode()
    place = Registration.objects.get()
    assert (place.person, place.state, place.registered_by) == (ranger, "confirmed", focal_point.user)
    sending.send_due()
    assert django_mail.outbox[-1].to == ["bat@example.org"]
    assert "For: Gantömör" in django_mail.outbox[-1].body


def test_person_agrees_to_passing_on_only_where_the_focal_point_says_so(
    focal_point: Person, ranger: Person, event: Event
) -> None:
    client = signed_in(focal_point.user)
    field = client.get(f"/me/people/{ranger.pk}/register/").context["form"]["transfer"]
    assert (field.value(), field.field.required) == (None, False)
    register(client, ranger, event)
    assert not ranger.consents.exists()
    register(client, ranger, event, transfer="on")
    given = [(one.what, one.how, one.by_id) for one in ranger.consents.all()]
    assert given == [("transfer", "told", focal_point.user.pk)]


def test_full_event_puts_the_person_on_the_waiting_list(focal_point: Person, ranger: Person, event: Event) -> None:
    RegistrationFactory(event=event)
    page = register(signed_in(focal_point.user), ranger, event).content.decode()
    assert "Gantömör: On the waiting list." in page


def test_refusal_stands_above_the_form(focal_point: Person, ranger: Person, event: Event) -> None:
    answer = register(signed_in(focal_point.user), ranger, event, presence="onsite")
    assert answer.context["form"].non_field_errors() == [
        "This event cannot be attended in that way. Choose another one."
    ]
    assert not Registration.objects.exists()


def test_only_events_that_take_registrations_are_offered(focal_point: Person, ranger: Person, event: Event) -> None:
    now = timezone.now()
    EventFactory(starts_at=now - dt.timedelta(days=1), registration_opens_at=now - dt.timedelta(days=9))
    EventFactory(starts_at=now + dt.timedelta(days=9), registration_opens_at=now + dt.timedelta(days=1))
    EventFactory(starts_at=now + dt.timedelta(days=9))
    EventFactory(status="cancelled", starts_at=event.starts_at, registration_opens_at=event.registration_opens_at)
    form = signed_in(focal_point.user).get(f"/me/people/{ranger.pk}/register/").context["form"]
    assert list(form.fields["event"].queryset) == [event]


def test_place_is_given_back_and_offered_to_the_next(focal_point: Person, ranger: Person, event: Event) -> None:
    place = RegistrationFactory(event=event, person=ranger)
    next_one = RegistrationFactory(event=event, state="waiting", queued_at=timezone.now())
    client = signed_in(focal_point.user)
    address = f"/me/people/{ranger.pk}/places/{place.pk}/give-back/"
    assert address in client.get(f"/me/people/{ranger.pk}/").content.decode()
    assert "is no longer registered." in client.post(address, follow=True).content.decode()
    states = dict(Registration.objects.values_list("pk", "state"))
    assert states == {place.pk: "cancelled", next_one.pk: "offered"}
    assert client.post(address).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("steward", 404), ("stranger", 404), (None, 302)])
def test_nobody_else_registers_or_cancels(
    who: str | None, status: int, ranger: Person, event: Event, request: Any
) -> None:
    place = RegistrationFactory(event=event, person=ranger)
    client = signed_in(request.getfixturevalue(who).user) if who else Client()
    addresses = [f"/me/people/{ranger.pk}/register/", f"/me/people/{ranger.pk}/places/{place.pk}/give-back/"]
    assert [client.post(address).status_code for address in addresses] == [status, status]
    assert Registration.objects.get().state == "confirmed"


def test_people_of_another_state_are_not_found(focal_point: Person, event: Event) -> None:
    other = PersonFactory(member_state=MemberStateFactory(code="JP"))
    place = RegistrationFactory(event=event, person=other)
    client = signed_in(focal_point.user)
    assert register(client, other, event).status_code == 404
    assert client.post(f"/me/people/{other.pk}/places/{place.pk}/give-back/").status_code == 404
    assert Registration.objects.get().state == "confirmed"
