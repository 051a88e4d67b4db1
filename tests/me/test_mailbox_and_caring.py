"""People of one mailbox on one's own pages; what a focal point does with the people they answer for."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.test import Client

from accounts.models import Person
from accounts.persons import erasure, writing_down
from accounts.persons.owner import owner_of
from accounts.sign_in.claims import follow_address
from desk.audiences import audience_of
from desk.models import Announcement
from events.models import Registration
from events.registration import registering
from notifications.delivery import sending
from notifications.models import Mail
from tests.factories import EventFactory, PersonFactory, RegistrationFactory
from tests.people import signed_in
from tests.trainings.open_calls import NOW, call
from trainings.models import Application, Training

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def training(focal_point: Person) -> Training:
    return call()


def test_second_person_of_a_mailbox_applies_under_the_own_name(
    stranger: Person, training: Training, focal_point: Person
) -> None:
    jin = signed_in(stranger.user)
    jin.post("/me/mailbox/", {"name": "Saran Tuya", "native_name": "", "told": "on"})
    saran = Person.objects.get(name="Saran Tuya")
    assert "Apply for" in jin.get("/me/mailbox/").content.decode()
    address = f"/me/mailbox/{saran.pk}/apply/{training.slug}/"
    typed = {
        "do": "check", "name": "Saran Tuya", "native_name": "", "native_language": "", "member_state": "MN", "organisation": "Hustai",
        "position": "Ranger", "time_zone": "Asia/Hovd", "sex": "not_stated", "birth_year": "", "nationality": "", "q-why": "Birds",
    }  # fmt: skip
    answer = jin.post(address, typed)
    assert answer["Location"] == address + "check/"
    jin.post(answer["Location"], {"seen": Application.objects.get().version})
    one = Application.objects.get()
    assert (one.person, one.state, one.nominated_by) == (saran, "submitted", None)
    stranger.refresh_from_db()
    assert stranger.name != "Saran Tuya"
    django_mail.outbox.clear()
    sending.send_due()
    (told,) = [sent for sent in django_mail.outbox if sent.to == [stranger.email]]
    assert told.subject.endswith("· Saran Tuya")
    assert "For Saran Tuya" in jin.get("/me/applications/").content.decode()
    assert jin.get(f"/me/applications/{one.reference}/").status_code == 200
    assert signed_in(focal_point.user).get(f"/me/mailbox/{saran.pk}/apply/{training.slug}/").status_code == 404
    # both may apply
    assert jin.get(f"/trainings/{training.slug}/apply/").context["form"] is not None


def test_own_page_names_everybody_of_the_mailbox(stranger: Person) -> None:
    saran = PersonFactory(name="Saran Tuya", email="", care_of=stranger)
    event = EventFactory(title="Lakes", starts_at=NOW + dt.timedelta(days=30))
    place = RegistrationFactory(event=event, person=saran)
    page = signed_in(stranger.user).get("/me/").content.decode()
    assert "For Saran Tuya" in page
    assert f"/register/{place.pk}." in page


def test_mailbox_outlives_whose_it_was_first(stranger: Person) -> None:
    first, second = (PersonFactory(name=name, email="", care_of=stranger) for name in ("First", "Second"))
    old = stranger.email
    follow_address(user=stranger.user, email="moved@example.org")
    for one in (stranger, first, second):
        one.refresh_from_db()
    assert (stranger.email, first.email, first.care_of, second.care_of) == ("moved@example.org", old, None, first)
    event = EventFactory(starts_at=NOW + dt.timedelta(days=30), registration_opens_at=NOW - dt.timedelta(days=1), format="online")  # fmt: skip
    registering.register(event=event, person=second, presence="online", known=True)
    erasure.forget(owner=owner_of(person=first, user=None))
    told = Mail.objects.filter(kind="events.place_confirmed")
    assert [(one.email, one.state) for one in told] == [(old, "queued")]  # what is about others still goes
    second.refresh_from_db()
    assert (second.email, second.care_of) == (old, None)


def test_names_that_nobody_has_answered_for_appear_to_no_focal_point(focal_point: Person) -> None:
    event = EventFactory(slug="lakes", starts_at=NOW + dt.timedelta(days=30), registration_opens_at=NOW - dt.timedelta(days=1), format="online")  # fmt: skip
    typed = PersonFactory(name="Typed Name", email="typed@example.org", member_state=focal_point.member_state)
    place = registering.register(event=event, person=typed, presence="online")
    bat, announcement = signed_in(focal_point.user), Announcement.objects.create(title="x", text="x")
    pages = ("/me/people/", "/me/people/registrations/")
    assert all("Typed Name" not in bat.get(page).content.decode() for page in pages)
    assert bat.get(f"/me/people/{typed.pk}/").status_code == 404
    assert typed not in audience_of(announcement)
    registering.confirm(registration=place)
    assert all("Typed Name" in bat.get(page).content.decode() for page in pages)
    assert typed in audience_of(announcement)
    known = RegistrationFactory(
        event=EventFactory(), person=typed, state="held", held_until=NOW + dt.timedelta(hours=1)
    )
    assert str(known.event) not in bat.get(f"/me/people/{typed.pk}/").content.decode()
    assert "The focal point of your member state sees" in Client().get("/events/lakes/register/").content.decode()


@pytest.fixture
def ranger(focal_point: Person) -> Person:
    person = Person(
        name="Dorj", member_state=focal_point.member_state, care_of=focal_point, time_zone="Asia/Ulaanbaatar"
    )
    return writing_down.write_down(person=person, by=focal_point.user)


def test_focal_point_removes_whom_they_added_once_nothing_is_under_way(focal_point: Person, ranger: Person) -> None:
    bat = signed_in(focal_point.user)
    place = RegistrationFactory(event=EventFactory(starts_at=NOW + dt.timedelta(days=9)), person=ranger)
    assert "Give the place back first." in bat.get(f"/me/people/{ranger.pk}/remove/").content.decode()
    bat.post(f"/me/people/{ranger.pk}/remove/")
    assert Person.objects.known().filter(pk=ranger.pk).exists()
    place.delete()
    assert "Yes, remove Dorj" in bat.get(f"/me/people/{ranger.pk}/remove/").content.decode()
    bat.post(f"/me/people/{ranger.pk}/remove/")
    assert not Person.objects.filter(pk=ranger.pk).exists()
    other = PersonFactory(name="Not mine", member_state=focal_point.member_state)
    bat.post(f"/me/people/{other.pk}/remove/")
    assert Person.objects.filter(pk=other.pk).exists()


def test_focal_point_tells_of_a_double_and_prints_a_mail_as_a_letter(focal_point: Person, ranger: Person) -> None:
    bat = signed_in(focal_point.user)
    double = PersonFactory(name="Dorj B.", member_state=focal_point.member_state)
    bat.post(f"/me/people/{ranger.pk}/twice/", {"other": double.pk, "message": "The same, I know him."})
    event = EventFactory(title="Lakes", starts_at=NOW + dt.timedelta(days=30), registration_opens_at=NOW - dt.timedelta(days=1), format="online")  # fmt: skip
    registering.register(event=event, person=ranger, presence="online", known=True, by=focal_point.user)
    django_mail.outbox.clear()
    sending.send_due()
    told = {sent.subject: sent.to for sent in django_mail.outbox}
    assert told["Two records of one person?"] == ["secretariat@localhost"]
    assert told["Your place: Lakes · Dorj"] == [focal_point.email]
    page = bat.get(f"/me/people/{ranger.pk}/mails/").content.decode()
    found = re.search(rf"/me/people/{ranger.pk}/mails/\d+\.pdf", page)
    assert found
    paper = bat.get(found[0])
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert bat.get(f"/me/people/{double.pk}/mails/").status_code == 404


def test_sheet_of_nominees_is_looked_at_before_anything_is_kept(
    focal_point: Person, training: Training, ranger: Person
) -> None:
    bat, address = signed_in(focal_point.user), f"/me/people/sheet/{training.slug}/"
    rows = "name\temail\torganisation\tstate\nDorj\t\t\t\nSaran\tsaran@example.org\tHustai\tMN\nKim\t\t\tRussian Federation\n\tno@example.org\t\t"
    looked = bat.post(address, {"rows": rows, "told": "on"})
    page = looked.content.decode()
    assert "2 people can be nominated." in page
    assert "2 rows are left alone." in page
    assert not Application.objects.exists()
    assert Person.objects.filter(name="Saran").count() == 0
    kept = looked.context["kept"]
    answer = bat.post(address, {"kept": kept, "told": "on", "take": "1"}, follow=True).content.decode()
    assert "2 drafts were begun." in answer
    found = [
        (one.person.name, one.person.email, one.person.care_of, one.nominated_by, one.state)
        for one in Application.objects.order_by("pk")
    ]
    assert found == [
        ("Dorj", "", focal_point, focal_point, "draft"),
        ("Saran", "saran@example.org", None, focal_point, "draft"),
    ]
    assert Person.objects.filter(name="Dorj").count() == 1
    assert bat.get(f"/me/mailbox/{ranger.pk}/apply/{training.slug}/").status_code == 404  # is nominated instead
    again = bat.post(address, {"kept": kept, "told": "on", "take": "1"}, follow=True).content.decode()
    assert "There is an application already" in again
    waits = bat.get("/me/people/").content.decode()
    assert "Finish and send the nomination of Saran" in waits
    assert Registration.objects.count() == 0
