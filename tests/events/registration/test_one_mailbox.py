"""A person is not an address: several people of one mailbox, each named, each with a page of their own."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.core import signing
from django.test import Client

from accounts.models import Person
from accounts.persons import mailboxes
from events.models import Event, Registration
from events.places.signed_links import place_url
from notifications.delivery import sending
from notifications.models import Mail
from tests.factories import EventFactory, MemberStateFactory, PersonFactory, RegistrationFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
BOX = "committee@example.org"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def event() -> Event:
    MemberStateFactory(code="MN")
    return EventFactory(
        slug="lakes", title="Lakes", starts_at=NOW + dt.timedelta(days=30), format="online", capacity_online=3,
        registration_opens_at=NOW - dt.timedelta(days=1),
    )  # fmt: skip


def drawn(form: str = "RegisterForm") -> str:
    with time_machine.travel(NOW - dt.timedelta(seconds=10), tick=False):
        return signing.TimestampSigner(salt="records.guarded_forms").sign(form)


def send(client: Client, prefix: str = "", **changed: Any) -> Any:
    return client.post(
        f"{prefix}/events/lakes/register/",
        {
            "drawn": drawn(), "website": "", "name": "Bat Dorj", "email": BOX, "organisation": "Committee", "member_state": "MN",
            "audience": "committee", "time_zone": "Asia/Ulaanbaatar", "agrees": "on", **changed,
        },
    )  # fmt: skip


def mails() -> list[Any]:
    """What went out since the last look."""
    django_mail.outbox.clear()
    sending.send_due()
    return sorted(django_mail.outbox, key=lambda one: one.subject)


def link(sent: Any, kind: str = "register") -> str:
    found = re.search(rf"http://localhost:8000(/\S*/{kind}/\S+)", sent.body)
    assert found
    return found[1]


def path(place: Registration) -> str:
    return place_url(place).removeprefix("http://localhost:8000")


def test_two_colleagues_of_one_mailbox_each_have_mails_place_and_entry_with_their_name(
    event: Event, client: Client
) -> None:
    Event.objects.update(capacity_online=30)
    first = send(client)
    second = send(client, name="Saran Tuya", time_zone="Asia/Hovd")
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    asked = mails()
    assert [(one.subject, one.to) for one in asked] == [
        ("Please confirm: Lakes · Bat Dorj", [BOX]), ("Please confirm: Lakes · Saran Tuya", [BOX]),
    ]  # fmt: skip
    assert "For: Saran Tuya" in asked[1].body
    for sent, name in zip(asked, ("Bat Dorj", "Saran Tuya"), strict=True):
        assert f"For {name}" in client.get(link(sent)).content.decode()
        client.post(link(sent), {"act": "confirm"})
    confirmed = mails()
    assert [one.subject for one in confirmed] == ["Your place: Lakes · Bat Dorj", "Your place: Lakes · Saran Tuya"]
    calendars = [one.alternatives[-1][0].replace("\r\n ", "") for one in confirmed]
    assert [re.findall(r"^SUMMARY:(.*)\r", one, re.M) for one in calendars] == [
        ["Lakes · Bat Dorj"],
        ["Lakes · Saran Tuya"],
    ]
    assert all("DESCRIPTION:For " in one for one in calendars)
    assert len({re.findall(r"^UID:(.*)\r", one, re.M)[0] for one in calendars}) == 2  # neither takes the other's place
    bat, saran = Registration.objects.order_by("pk")
    assert (bat.person.email, saran.person.email, saran.person.care_of) == (BOX, "", bat.person)
    page = client.get(path(saran)).content.decode()
    assert "Registered from committee@example.org too:" in page
    assert "<b>Bat Dorj</b>" in page
    assert (bat.reader_zone, saran.reader_zone) == ("Asia/Ulaanbaatar", "Asia/Hovd")
    entry = client.get(path(saran) + "entry.ics").content.decode().replace("\r\n ", "")
    assert "SUMMARY:Lakes · Saran Tuya" in entry
    assert "/join/" in entry


def test_the_same_person_typed_in_another_way_is_no_second_one(event: Event, client: Client) -> None:
    send(client)
    send(client, name="bat  DORJ")
    assert Registration.objects.count() == Person.objects.count() == 1


def test_what_is_typed_anew_holds_for_this_place_and_changes_nobody_whom_the_records_know(
    event: Event, client: Client, stranger: Person, settings: Any
) -> None:
    settings.COMPLETE_LANGUAGES = ["en", "ru"]
    Person.objects.filter(pk=stranger.pk).update(time_zone="Asia/Tokyo", organisation="Park", language="en", name="Jin")
    typed = {"name": "Jin", "email": stranger.email, "time_zone": "Asia/Hovd", "organisation": "Institute"}
    send(client, "/ru", **typed)
    place = Registration.objects.get()
    stranger.refresh_from_db()
    assert (stranger.time_zone, stranger.organisation, stranger.language) == ("Asia/Tokyo", "Park", "en")
    assert (place.person, place.reader_zone, place.reader_language) == (stranger, "Asia/Hovd", "ru")
    page = client.get(path(place)).content.decode()
    assert "otherwise than the profile of this account has it" in page
    assert "Institute" in page
    # who has no account and answers the mail has it written down
    send(client, name="Bat Dorj")
    send(client, name="Bat Dorj", organisation="Museum", time_zone="Asia/Hovd")
    bat = Registration.objects.get(person__email=BOX)
    assert (bat.person.organisation, bat.typed, bat.reader_zone) == (
        "Committee",
        {"organisation": "Museum"},
        "Asia/Hovd",
    )
    client.post(path(bat), {"act": "confirm"})
    bat = Registration.objects.get(pk=bat.pk)
    assert (bat.person.organisation, bat.typed) == ("Museum", {})


def details(**changed: Any) -> dict[str, Any]:
    return {
        "act": "details", "name": "Bat Dorj", "native_name": "", "email": BOX, "time_zone": "Asia/Ulaanbaatar", "language": "en",
        **changed,
    }  # fmt: skip


def test_holder_of_the_link_changes_name_zone_and_language_of_this_place_alone(event: Event, client: Client) -> None:
    bat = PersonFactory(name="Bat Dorj", email=BOX, time_zone="Asia/Ulaanbaatar")
    place = RegistrationFactory(event=event, person=bat)
    other = RegistrationFactory(event=EventFactory(starts_at=NOW + dt.timedelta(days=9)), person=bat)
    client.post(path(place), details(time_zone="Asia/Hovd", language="ru"))
    place.refresh_from_db()
    other.refresh_from_db()
    assert (place.reader_zone, place.reader_language) == ("Asia/Hovd", "ru")
    assert (other.reader_zone, other.reader_language) == ("Asia/Ulaanbaatar", "en")
    answer = client.post(path(place), details(name="Bat-Erdene", time_zone="nowhere"))
    assert answer.status_code == 200
    assert 'value="Bat-Erdene"' in answer.content.decode()
    client.post(path(place), details(name="Bat-Erdene"))
    place = Registration.objects.get(pk=place.pk)
    assert (place.person.name, place.person.care_of, other.person.name) == ("Bat-Erdene", bat, "Bat Dorj")
    client.post(path(place), details(name="Bat-Erdene Dorj", native_name="Бат-Эрдэнэ"))
    assert [(one.name, one.native_name) for one in Person.objects.order_by("pk")] == [
        ("Bat Dorj", ""), ("Bat-Erdene Dorj", "Бат-Эрдэнэ"),
    ]  # fmt: skip


def test_new_address_is_proven_by_a_mail_to_it_and_the_colleagues_stay_where_they_are(
    event: Event, client: Client
) -> None:
    bat = PersonFactory(name="Bat Dorj", email=BOX, time_zone="Asia/Ulaanbaatar")
    saran = PersonFactory(name="Saran", email="", care_of=bat)
    place, hers = RegistrationFactory(event=event, person=bat), RegistrationFactory(event=event, person=saran)
    old = path(place)
    client.post(old, details(email="Bat@example.org"))
    bat.refresh_from_db()
    assert bat.email == BOX
    (proof,) = mails()
    assert (proof.to, proof.subject) == (["bat@example.org"], "Please confirm your new address: Lakes · Bat Dorj")
    assert "bat@example.org" not in str(Mail.objects.values_list("payload", flat=True))
    assert "Confirm your new address" in client.get(link(proof)).content.decode()
    client.post(link(proof))
    place, hers = Registration.objects.get(pk=place.pk), Registration.objects.get(pk=hers.pk)
    assert (place.person.email, hers.person.email) == ("bat@example.org", BOX)
    assert client.get(old).status_code == 404  # a link that somebody may have at the old address ends
    assert client.get(link(proof)).status_code == 404
    assert [(one.to, one.subject) for one in mails()] == [(["bat@example.org"], "Your place: Lakes · Bat Dorj")]


def test_address_of_somebody_known_is_taken_without_saying_so(event: Event, client: Client, stranger: Person) -> None:
    bat = PersonFactory(name="Bat Dorj", email=BOX)
    place = RegistrationFactory(event=event, person=bat)
    known = client.post(path(place), details(email=stranger.email), follow=True).content.decode()
    assert f"A mail is on its way to {stranger.email}" in known
    (proof,) = mails()
    client.post(link(proof))
    place = Registration.objects.get(pk=place.pk)
    assert (place.person.name, mailboxes.mailbox_of(place.person)) == ("Bat Dorj", stranger.email)
    stranger.refresh_from_db()
    assert stranger.registrations.count() == 0


def test_somebody_signed_in_who_types_another_name_is_asked_whose_it_is(event: Event, stranger: Person) -> None:
    client, own = signed_in(stranger.user), stranger.name
    bounced = send(client, name="Saran Tuya")
    assert "Say whether this is you or somebody else." in bounced.content.decode()
    send(client, name="Saran Tuya", whose="other")
    place = Registration.objects.get()
    stranger.refresh_from_db()
    assert (place.person.name, place.person.care_of, place.state, stranger.name) == (
        "Saran Tuya",
        stranger,
        "confirmed",
        own,
    )
    send(client, name=own)
    assert Registration.objects.count() == 2
    Registration.objects.filter(person=stranger).delete()
    send(client, name="Jin Married", whose="me")
    stranger.refresh_from_db()
    assert stranger.name == "Jin Married"


def people(*names: str, **changed: Any) -> dict[str, Any]:
    rows = {}
    for number, name in enumerate(names, start=1):
        rows |= {
            f"p{number}-name": name,
            f"p{number}-native_name": "",
            f"p{number}-email": "",
            f"p{number}-audience": "site",
        }
    return rows | {
        "drawn": drawn("TogetherForm"), "website": "", "people": len(names), "email": BOX, "organisation": "Committee",
        "member_state": "MN", "time_zone": "Asia/Ulaanbaatar", "agrees": "on", "do": "send", **changed,
    }  # fmt: skip


SEVERAL = "/events/lakes/register/several/"


def test_group_keeps_everything_through_adding_taking_away_and_an_error_that_names_the_person(
    event: Event, client: Client
) -> None:
    more = client.post(SEVERAL, people("One", "Two", do="more")).content.decode()
    assert 'value="One"' in more
    assert 'name="p3-name"' in more
    assert "checked" in more
    assert "7 more are possible" in more
    assert "There is a problem" not in more
    fewer = client.post(SEVERAL, people("One", "Two", "Three", do="drop-2")).content.decode()
    assert 'value="Three"' in fewer
    assert 'value="Two"' not in fewer
    assert 'name="p3-name"' not in fewer
    wrong = client.post(SEVERAL, people("One", "", "One", do="check")).content.decode()
    assert '<a href="#id_p2-name">Enter the name of person 2, or take person 2 away.</a>' in wrong
    assert "Person 3 has the name of person 1." not in wrong  # said once all have names
    assert "Person 3 has the name of person 1." in client.post(SEVERAL, people("One", "Two", "one")).content.decode()
    full = client.post(SEVERAL, people(*"abcdefghij", do="more")).content.decode()
    assert "10 people are as many as one form holds." in full
    assert 'name="p11-name"' not in full
    check = client.post(SEVERAL, people("One", "Two", "Three", "Four", do="check")).content.decode()
    assert "3 places left, you ask for 4." in check
    assert "The first 3 get them" in check
    assert check.count("A place is free.") == 3
    assert "Number 1 on the waiting list." in check
    assert 'name="p4-name" value="Four"' in check
    assert not Registration.objects.exists()
    assert not Person.objects.exists()


def test_group_is_registered_by_one_button_in_one_mail_and_places_go_in_the_order_of_the_form(
    event: Event, client: Client
) -> None:
    sent = client.post(SEVERAL, people("One", "Two", "Three", "Four", **{"p2-email": "two@example.org"}))
    assert sent["Location"].endswith("/events/lakes/register/sent/")
    (asked,) = mails()
    assert (asked.subject, asked.to) == ("Please confirm 4 people: Lakes", [BOX])
    assert all(name in asked.body for name in ("One", "Three", "Four", "1 more with an address of their own"))
    assert "two@example.org" not in asked.body
    page = link(asked, "several")
    client.get(page)
    assert not Registration.objects.confirmed().exists()
    client.post(page, {"act": "confirm"})
    client.post(page, {"act": "confirm"})
    states = [(one.person.name, one.state) for one in Registration.objects.order_by("pk")]
    assert states == [("One", "confirmed"), ("Two", "confirmed"), ("Three", "confirmed"), ("Four", "waiting")]
    assert sorted((one.to[0], one.subject) for one in mails()) == [
        (BOX, "On the waiting list: Lakes · Four"), (BOX, "Your place: Lakes · One"), (BOX, "Your place: Lakes · Three"),
        ("two@example.org", "Your place: Lakes · Two"),
    ]  # fmt: skip
    after = client.get(page).content.decode()
    assert "number 1" in after
    assert "two@example.org" not in after
    assert ">Two<" not in after


def test_group_does_not_tell_who_is_known_or_registered(event: Event, client: Client, stranger: Person) -> None:
    RegistrationFactory(event=event, person=stranger)
    for typed in ({"p1-email": stranger.email, "p1-name": stranger.name}, {"p1-email": "nobody@example.org"}):
        client.post(SEVERAL, people("One", **typed))
    asked = [one for one in mails() if one.to == [BOX]]
    assert len(asked) == 2
    assert len({re.sub(r"/several/\S+", "", one.body) for one in asked}) == 1
    pages = [client.get(link(one, "several")).content.decode() for one in asked]
    assert all("1 more has an address of their own" in page for page in pages)
    assert stranger.registrations.get().state == "confirmed"


def test_group_of_somebody_signed_in_has_its_places_at_once_and_is_refused_as_one(
    event: Event, stranger: Person
) -> None:
    client = signed_in(stranger.user)
    page = client.post(SEVERAL, people(stranger.name, "Two", "Three", "Four"), follow=True).content.decode()
    assert "Confirm for" not in page
    assert page.count("Confirmed<") >= 3
    assert [one.state for one in Registration.objects.order_by("pk")] == ["confirmed"] * 3 + ["waiting"]
    assert stranger.registrations.count() == 1
    assert stranger.in_care.count() == 3
    Event.objects.update(registration_closes_at=NOW - dt.timedelta(hours=1))
    closed = client.post(SEVERAL, people("Five", "Six")).content.decode()
    assert "Registered together" not in closed
    assert Registration.objects.count() == 4
