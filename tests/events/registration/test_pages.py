"""Registering as people do it: a form, a mail, a link, a button; with nothing lost and nothing told to strangers."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.core import signing
from django.test import Client

from accounts.models import Consent, Person
from accounts.persons import consents
from events.models import Event, Registration
from events.places.signed_links import place_url, token_of
from network.models import MemberState
from notifications.delivery import sending
from notifications.models import Mail
from tests.factories import EventFactory, MemberStateFactory, PersonFactory, RegistrationFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def event() -> Event:
    MemberStateFactory(code="MN")
    return EventFactory(
        slug="lakes", title="Lakes", starts_at=NOW + dt.timedelta(days=30), format="online", capacity_online=1,
        registration_opens_at=NOW - dt.timedelta(days=1),
    )  # fmt: skip


def answers(**changed: Any) -> dict[str, Any]:
    with time_machine.travel(NOW - dt.timedelta(seconds=10), tick=False):
        drawn = signing.TimestampSigner(salt="records.guarded_forms").sign("RegisterForm")
    return {
        "drawn": drawn, "website": "", "name": "Gantömör", "email": "Ranger@example.org", "organisation": "Khuvsgul",
        "member_state": "MN", "audience": "site", "time_zone": "Asia/Ulaanbaatar", "agrees": "on", **changed,
    }  # fmt: skip


def send(client: Client, **changed: Any) -> Any:
    return client.post("/events/lakes/register/", answers(**changed))


def link_in_mail() -> str:
    found = re.search(r"http://localhost:8000(/\S*/register/\S+)", django_mail.outbox[-1].body)
    assert found
    return found[1]


def test_form_has_at_most_eight_fields(event: Event, client: Client) -> None:
    form = client.get("/events/lakes/register/").context["form"]
    assert [field.name for field in form.fields_to_fill] == [
        "name", "email", "organisation", "member_state", "audience", "time_zone", "agrees", "transfer",
    ]  # fmt: skip
    Event.objects.update(format="hybrid")
    form = client.get("/events/lakes/register/").context["form"]
    assert [field.name for field in form.fields_to_fill] == [
        "name", "email", "organisation", "member_state", "audience", "presence", "agrees", "transfer",
    ]  # fmt: skip


def test_form_of_somebody_signed_in_has_at_most_eight_fields(event: Event, stranger: Person) -> None:
    Event.objects.update(format="hybrid")
    client = signed_in(stranger.user)
    form = client.get("/events/lakes/register/").context["form"]
    assert len(form.fields_to_fill) == 8
    consents.give(person=stranger, what=Consent.What.TRANSFER, how=Consent.How.OWN_PAGE)
    assert "transfer" not in client.get("/events/lakes/register/").context["form"].fields


def test_zone_that_the_form_does_not_ask_for_is_that_of_the_times_above_it(event: Event, client: Client) -> None:
    Event.objects.update(format="hybrid", capacity_onsite=5)
    page = client.get("/events/lakes/register/").content.decode()
    assert "on the clocks of your member state" in page
    assert '<select id="id_zone" name="zone"' in page
    page = client.get("/events/lakes/register/?zone=Asia/Tokyo").content.decode()
    assert "Mails tell times in Tokyo time, now " in page
    client.post("/events/lakes/register/?zone=Asia/Tokyo", answers(presence="onsite"))
    client.post("/events/lakes/register/", answers(presence="onsite", email="other@example.org"))
    assert dict(Person.objects.values_list("email", "time_zone")) == {
        "ranger@example.org": "Asia/Tokyo", "other@example.org": "Asia/Ulaanbaatar",
    }  # fmt: skip


def test_time_is_that_of_the_state_and_asked_for_where_it_has_several(event: Event, client: Client) -> None:
    MemberStateFactory(code="MN", name="Mongolia")
    MemberState.objects.filter(code="MN").update(time_zones=["Asia/Ulaanbaatar", "Asia/Hovd"])
    MemberStateFactory(code="KZ")
    MemberState.objects.filter(code="KZ").update(time_zones=["Asia/Almaty", "Asia/Oral"])
    assert send(client, member_state="KZ", time_zone="", email="almaty@example.org").status_code == 302
    for format_of_event in ("online", "hybrid"):  # the form of the second does not ask at once
        Event.objects.update(format=format_of_event, capacity_onsite=5)
        again = send(client, time_zone="", presence="online").content.decode()
        assert "Clocks do not show the same time everywhere in this member state" in again
        assert re.search(
            r'<optgroup label="Mongolia"><option value="Asia/Hovd">Hovd time, now \d\d:\d\d</option>', again
        )
    Event.objects.update(format="online")
    assert send(client, time_zone_place="hovd", time_zone="", presence="online").status_code == 302
    assert (
        send(
            client, member_state="", time_zone_place="Berl", time_zone="", email="b@example.org", presence="online"
        ).status_code
        == 302
    )
    assert "Several places begin so" in send(client, time_zone_place="san", presence="online").content.decode()
    assert dict(Person.objects.values_list("email", "time_zone")) == {
        "almaty@example.org": "Asia/Almaty", "ranger@example.org": "Asia/Hovd", "b@example.org": "Europe/Berlin",
    }  # fmt: skip


def test_page_after_the_form_shows_the_address_that_was_typed(event: Event, client: Client) -> None:
    sent = send(client, email="rangr@example.org")
    assert "on its way to rangr@example.org." in client.get(sent.url).content.decode()
    assert "on its way to the address you gave." in Client().get(sent.url).content.decode()


def test_name_in_latin_letters_is_one(event: Event, client: Client) -> None:
    for name, refused in (("Бат Ганбат", True), ("김민호", True), ("Bаt", True), ("Gantömör O’Neil 2", False)):
        page = send(client, name=name, email=f"{len(name)}@example.org")
        assert (page.status_code == 200 and "not written in Latin letters" in page.content.decode()) == refused, name


def test_language_at_the_door_is_that_of_the_mails_and_of_every_page_behind(event: Event, client: Client) -> None:
    sent = client.post("/mn/events/lakes/register/", answers())
    assert sent.url == "/mn/events/lakes/register/sent/"
    assert Person.objects.get().language == "mn"
    sending.send_due()
    assert re.search(r"http://localhost:8000/mn/\S*/register/", django_mail.outbox[-1].body)
    place = re.search(r"http://localhost:8000(/mn/\S*/register/\S+)", django_mail.outbox[-1].body)
    assert place
    assert client.post(place[1], {"act": "confirm"})["Location"] == place[1]


def test_passing_on_across_borders_is_agreed_to_apart_from_the_rest(event: Event, client: Client) -> None:
    page = client.get("/events/lakes/register/").content.decode()
    box = re.search(r'<input type="checkbox" name="transfer"[^>]*>', page)
    assert box
    assert ("checked" in box[0], "required" in box[0]) == (False, False)
    assert "other states protect personal data in other ways" in page
    send(client, transfer="on")
    sending.send_due()
    place = link_in_mail()
    person = Person.objects.get(email="ranger@example.org")
    assert not person.consents.exists()
    assert "That counts once you confirm." in client.get(place).content.decode()
    client.post(place, {"act": "confirm"})
    given = [(one.what, one.how, one.withdrawn_at) for one in person.consents.order_by("pk")]
    assert given == [("notice", "form", None), ("transfer", "form", None)]
    client.post(place, {"act": "keep-here"})
    client.post(place, {"act": "confirm"})  # a second click does not give again what was taken back
    assert [one.what for one in person.consents.in_force()] == ["notice"]
    client.post(place, {"act": "pass-on"})
    assert {one.what for one in person.consents.in_force()} == {"notice", "transfer"}


def test_tick_that_is_taken_back_before_confirming_never_becomes_a_consent(event: Event, client: Client) -> None:
    send(client, transfer="on")
    sending.send_due()
    place = link_in_mail()
    client.post(place, {"act": "keep-here"})
    client.post(place, {"act": "confirm"})
    assert [one.what for one in Person.objects.get(email="ranger@example.org").consents.all()] == ["notice"]


def test_stranger_cannot_agree_for_somebody_who_has_a_place(event: Event, client: Client) -> None:
    place = RegistrationFactory(event=event, person=PersonFactory(email="ranger@example.org"))
    send(client, transfer="on")
    client.post(place_url(place).removeprefix("http://localhost:8000"), {"act": "confirm"})
    assert [one.what for one in place.person.consents.all()] == ["notice"]


def test_somebody_signed_in_agrees_at_once(event: Event, stranger: Person) -> None:
    send(signed_in(stranger.user), transfer="on", name=stranger.name)
    given = [(one.what, one.how, one.by_id) for one in stranger.consents.order_by("pk")]
    assert given == [("notice", "form", stranger.user.pk), ("transfer", "form", stranger.user.pk)]


def test_whole_way_from_the_form_to_a_confirmed_place(event: Event, client: Client) -> None:
    answer = send(client)
    assert (answer.status_code, answer.url) == (302, "/events/lakes/register/sent/")
    person = Person.objects.get(email="ranger@example.org")
    assert (person.name, person.organisation, person.member_state_id, person.time_zone, person.language) == (
        "Gantömör", "Khuvsgul", "MN", "Asia/Ulaanbaatar", "en",
    )  # fmt: skip
    sending.send_due()
    place = link_in_mail()
    assert "Confirm my place" in client.get(place).content.decode()
    assert Registration.objects.get().state == "held"
    assert not person.consents.exists()  # anybody could have typed the address
    confirmed = client.post(place, {"act": "confirm"}, follow=True).content.decode()
    assert "Your place is confirmed." in confirmed
    assert "Your address to join" in confirmed
    assert [(one.what, one.how) for one in person.consents.all()] == [("notice", "form")]
    assert Registration.objects.get().state == "confirmed"
    client.post(place, {"act": "cancel"})
    assert Registration.objects.get().state == "cancelled"


def test_page_says_the_same_whoever_asks(event: Event, client: Client) -> None:
    PersonFactory(email="known@example.org", name="Known", organisation="Kept")
    RegistrationFactory(event=event, person=PersonFactory(email="has-place@example.org"))
    pages = set()
    for email in ("new@example.org", "known@example.org", "has-place@example.org"):
        answer = send(client, email=email)
        assert (answer.status_code, answer.url) == (302, "/events/lakes/register/sent/")
        page = client.get(answer.url).content.decode().replace(email, "")  # it shows what they have typed
        pages.add(re.sub(r'csrf\w+" value="[^"]+', "", page))
    assert len(pages) == 1
    assert Person.objects.get(email="known@example.org").organisation == "Kept"
    assert Registration.objects.filter(person__email="has-place@example.org").count() == 1


def test_only_three_mails_an_hour_go_to_one_address_and_the_page_still_says_the_same(
    event: Event, client: Client, clock: Any
) -> None:
    for number in range(5):
        clock.move_to(NOW + number * dt.timedelta(minutes=1))
        assert send(client).url == "/events/lakes/register/sent/"
    assert Mail.objects.count() == 3
    assert send(client, email="other@example.org").status_code == 302
    assert Mail.objects.count() == 4


def test_waiting_person_sees_the_position_and_leaves_the_list(event: Event, client: Client) -> None:
    RegistrationFactory(event=event)
    send(client)
    sending.send_due()
    assert django_mail.outbox[-1].subject == "On the waiting list: Lakes · Gantömör"
    place = link_in_mail()
    text = client.get(place).content.decode()
    assert "You are number 1 on the waiting list." in text
    client.post(place, {"act": "confirm"})
    assert Registration.objects.get(person__email="ranger@example.org").held_until is None
    client.post(place, {"act": "cancel"})
    assert Registration.objects.get(person__email="ranger@example.org").state == "cancelled"


def test_signed_in_person_finds_the_form_filled_and_is_confirmed_at_once(event: Event, stranger: Person) -> None:
    client = signed_in(stranger.user)
    form = client.get("/events/lakes/register/").context["form"]
    assert "email" not in form.fields
    assert form["name"].value() == stranger.name
    answer = send(client, name="Changed", whose="me")
    registration = Registration.objects.get()
    assert (registration.state, registration.person) == ("confirmed", stranger)
    assert answer.url.endswith(f"/events/lakes/register/{token_of(registration)}/")
    stranger.refresh_from_db()
    assert stranger.name == "Changed"
    assert "You are registered already." in client.get("/events/lakes/register/").content.decode()


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"email": "nobody"}, "email", "Enter a valid email address."),
        ({"audience": "king"}, "audience", "Select a valid choice. king is not one of the available choices."),
        ({"agrees": ""}, "agrees", "Please read the notice and tick this box."),
        ({"time_zone": "Mars/Olympus"}, "time_zone", None),
        ({"website": "http://spam.example"}, "website", "This field must stay empty. It keeps programs out."),
    ],
)
def test_wrong_answer_is_named_and_nothing_typed_is_lost(
    event: Event, client: Client, changed: dict[str, Any], field: str, words: str | None
) -> None:
    answer = send(client, **changed)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert field in form.errors
    assert words is None or form.errors[field] == [words]
    text = answer.content.decode()
    assert "<title>Error: " in text
    assert 'value="Khuvsgul"' in text
    assert not Registration.objects.exists()


def test_sent_too_late_says_so_and_keeps_what_was_typed(event: Event, client: Client) -> None:
    Event.objects.update(registration_closes_at=NOW - dt.timedelta(seconds=1))
    answer = send(client)
    assert answer.context["form"].non_field_errors() == ["Registration is closed."]


@pytest.mark.parametrize("token", ["1", "1:forged", "x" * 80, "%00"])
def test_forged_link_leads_nowhere(event: Event, client: Client, token: str) -> None:
    RegistrationFactory(event=event)
    address = f"/events/lakes/register/{token}/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"act": "cancel"}).status_code == 404
    assert Registration.objects.get().state == "confirmed"


def test_link_of_one_event_does_not_open_another(event: Event, client: Client) -> None:
    other = RegistrationFactory()
    assert client.get(f"/events/lakes/register/{token_of(other)}/").status_code == 404


def test_expired_link_says_what_can_be_done(event: Event, client: Client, clock: Any) -> None:
    send(client)
    sending.send_due()
    place = link_in_mail()
    clock.move_to(NOW + dt.timedelta(hours=25))
    send_other = answers(email="quicker@example.org")
    with time_machine.travel(NOW + dt.timedelta(hours=25, seconds=-10), tick=False):
        send_other["drawn"] = signing.TimestampSigner(salt="records.guarded_forms").sign("RegisterForm")
    client.post("/events/lakes/register/", send_other)
    assert "The time to answer is over." in client.get(place).content.decode()
    text = client.post(place, {"act": "confirm"}, follow=True).content.decode()
    assert "You are on the waiting list." in text


def test_double_click_changes_nothing(event: Event, client: Client) -> None:
    place = RegistrationFactory(event=event, state="held", held_until=NOW + dt.timedelta(hours=1))
    address = place_url(place).removeprefix("http://localhost:8000")
    for _time in range(2):
        assert client.post(address, {"act": "confirm"}).status_code == 302
    assert [step.why for step in place.steps.all()] == ["Confirmed."]
    assert Mail.objects.filter(kind="events.place_confirmed").count() == 1


def test_place_page_is_kept_by_nobody(event: Event, client: Client) -> None:
    place = place_url(RegistrationFactory(event=event)).removeprefix("http://localhost:8000")
    answer = client.get(place)
    assert "no-store" in answer.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
