"""Announcements: who is meant, what they get, and that each gets it once."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Person
from designated_sites.models import Stewardship
from desk import announcements
from desk.audiences import audience_of
from desk.models import Announcement
from notifications import mailings
from notifications.delivery import sending
from notifications.models import Address, Mail
from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PersonFactory,
    RegistrationFactory,
    RoleGrantFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def announcement(*, states: tuple[str, ...] = (), **facts: Any) -> Announcement:
    made = Announcement.objects.create(**{"title_en": "Call", "text_en": "Come.", **facts})
    made.member_states.set([MemberStateFactory(code=code) for code in states])
    return made


def names(made: Announcement) -> list[str]:
    return [person.name for person in audience_of(made)]


@pytest.fixture
def people() -> dict[str, Person]:
    mongolia, japan = MemberStateFactory(code="MN"), MemberStateFactory(code="JP")
    made = {
        "focal": PersonFactory(name="A focal", member_state=mongolia, language="mn"),
        "reserve": PersonFactory(name="B reserve", member_state=mongolia),
        "geopark": PersonFactory(name="C geopark", member_state=japan, language="ja"),
        "former": PersonFactory(name="D former", member_state=japan),
        "silent": PersonFactory(name="E silent", member_state=mongolia, email=""),
    }
    RoleGrantFactory(person=made["focal"], role="focal_point", member_state=mongolia)
    RoleGrantFactory(person=made["former"], role="trainer", withdrawn_at=timezone.now())
    Stewardship.objects.create(site=BiosphereReserveFactory(), person=made["reserve"])
    Stewardship.objects.create(site=BiosphereReserveFactory(), person=made["reserve"])
    Stewardship.objects.create(site=BiosphereReserveFactory(), person=made["former"], until="2020-01-01")
    Stewardship.objects.create(site=GeoparkFactory(), person=made["geopark"])
    return made


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ["A focal", "B reserve", "C geopark", "D former"]),
        ({"states": ("MN",)}, ["A focal", "B reserve"]),
        ({"states": ("MN", "JP"), "languages": ["ja", "mn"]}, ["A focal", "C geopark"]),
        ({"roles": ["reserve_steward"]}, ["B reserve"]),
        ({"roles": ["reserve_steward", "geopark_steward"]}, ["B reserve", "C geopark"]),
        ({"roles": ["focal_point", "trainer"]}, ["A focal"]),
        ({"roles": ["focal_point"], "states": ("JP",)}, []),
    ],
)
@pytest.mark.usefixtures("people")
def test_parts_of_an_audience_narrow_one_another_down(facts: dict[str, Any], expected: list[str]) -> None:
    assert names(announcement(**facts)) == expected


def test_people_registered_for_an_event(people: dict[str, Person]) -> None:
    event = EventFactory()
    RegistrationFactory(event=event, person=people["reserve"])
    RegistrationFactory(event=event, person=people["focal"], state="cancelled")
    RegistrationFactory(person=people["geopark"])
    assert names(announcement(event=event)) == ["B reserve"]


def test_person_without_address_is_reached_in_care_of_another(people: dict[str, Person]) -> None:
    Person.objects.filter(pk=people["silent"].pk).update(care_of=people["focal"])
    made = announcement(states=("MN",))
    announcements.send(announcement=made, by=UserFactory())
    assert sorted(Mail.objects.values_list("email", flat=True)) == sorted(
        [people["focal"].email, people["focal"].email, people["reserve"].email]
    )


def send_after_undo() -> sending.Pass:
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        return sending.send_due()


def test_each_reader_gets_it_whole_in_the_own_language_or_else_in_english() -> None:
    for language in ("ru", "ja", "en"):
        PersonFactory(language=language, email=f"{language}@example.org")
    made = announcement(title_ru="Приём", text_ru="Приходите.", title_ja="募集")
    announcements.send(announcement=made, by=UserFactory())
    assert send_after_undo() == sending.Pass(sent=3)
    got = {sent.to[0][:2]: (sent.subject, sent.body.splitlines()[0]) for sent in django_mail.outbox}
    assert got == {"ru": ("Приём", "Приходите."), "en": ("Call", "Come."), "ja": ("Call", "Come.")}


def test_reader_who_declined_announcements_gets_none() -> None:
    person = PersonFactory()
    Address.objects.create(email=person.email, wishes={"announcements": "never"})
    announcements.send(announcement=announcement(), by=UserFactory())
    assert send_after_undo() == sending.Pass(dropped=1)


def refusal(made: Announcement) -> str:
    with pytest.raises(ValidationError) as refused:
        announcements.send(announcement=made, by=UserFactory())
    return refused.value.messages[0]


def test_nobody_gets_it_twice() -> None:
    assert refusal(announcement()) == "Nobody is in this audience. Choose a wider one."
    PersonFactory()
    made = announcement()
    announcements.send(announcement=made, by=UserFactory())
    assert refusal(made) == "This announcement was sent already. Write a new one."
    assert Mail.objects.count() == 1


def test_called_back_whole_it_may_be_sent_again_but_not_after_some_went_out() -> None:
    PersonFactory()
    made = announcement()
    mailings.call_back(mailing=announcements.send(announcement=made, by=UserFactory()), by_id=None)
    again = announcements.send(announcement=made, by=UserFactory())
    assert send_after_undo() == sending.Pass(sent=1)
    mailings.call_back(mailing=again, by_id=None)
    assert refusal(made) == "Some of its mails had gone out before it was called back. Write a new one."
