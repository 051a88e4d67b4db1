"""The first page of one's own says what is to be done, the soonest first and largest; the same comes by mail to who asks for it."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.test import Client

from accounts.models import Person
from designated_sites.models import SiteProposal
from events.models import Survey
from me.weekly_list import TO_DO, plan_lists
from notifications.delivery import sending
from notifications.models import Address, Mail
from tests.factories import (
    ApplicationFactory,
    BiosphereReserveFactory,
    EventFactory,
    MemberStateFactory,
    RegistrationFactory,
    TrainingFactory,
)
from tests.people import signed_in, with_account

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 1, 1, 15, tzinfo=dt.UTC)  # Monday, 09:15 in Ulaanbaatar
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def tuya() -> Person:
    """Selected for a training, offered a place, registered, asked, steward, with two drafts."""
    person = with_account(
        "tuya@example.org",
        "Tuya",
        member_state=MemberStateFactory(code="MN"),
        time_zone="Asia/Ulaanbaatar",
        language="en",
    )
    course = TrainingFactory(title="Lakes course", starts_at=NOW + 70 * DAY)
    ApplicationFactory(
        training=course,
        person=person,
        state="selected",
        submitted_at=NOW - DAY,
        answer_by=NOW + 9 * DAY,
        reference="T27-AAAAA",
    )
    fires = TrainingFactory(
        slug="fires", title="Fires course", starts_at=NOW + 80 * DAY, call_opens_at=NOW - DAY,
        nominations_close_at=NOW + 20 * DAY, deadline_zone="Europe/Paris",
    )  # fmt: skip
    ApplicationFactory(training=fires, person=person, state="draft", reference="T27-BBBBB")
    offered = EventFactory(slug="steppes", title="Steppes", format="online", starts_at=NOW + 30 * DAY)
    RegistrationFactory(event=offered, person=person, state="offered", held_until=NOW + dt.timedelta(hours=20))
    coming = EventFactory(title="Fire and forest", format="online", starts_at=NOW + 10 * DAY)
    RegistrationFactory(event=coming, person=person)
    past = EventFactory(title="Ice and birds", starts_at=NOW - 5 * DAY, ends_at=NOW - 5 * DAY, status="held")
    RegistrationFactory(event=past, person=person)
    survey = Survey.objects.create(event=past, last_day=dt.date(2027, 3, 15), opened_at=NOW - 4 * DAY)
    survey.questions.create(label="How was it?", kind="scale")
    site = BiosphereReserveFactory(slug="khuvsgul", name="Khuvsgul Lake")
    site.stewards.create(person=person)
    SiteProposal.objects.create(site=site, proposer=person, base={}, changes={}, state="draft")
    return person


def titles(page: str) -> list[str]:
    return re.findall(r"<h[23]>([^<]+)</h[23]>", page.partition('<ol class="todo">')[2].partition("</ol>")[0])


def test_page_says_what_is_to_be_done_until_when_and_where(tuya: Person) -> None:
    page = signed_in(tuya.user).get("/me/").content.decode()
    assert titles(page) == [
        "Take your place: Steppes", "Take your seat: Lakes course", "Say what you thought of it: Ice and birds",
        "Finish your application: Fires course", "Confirm that the facts are right: Khuvsgul Lake",
        "Finish your proposal: Khuvsgul Lake", "Your event begins: Fire and forest",
    ]  # fmt: skip
    first = page.partition('class="first"')[2].partition("</li>")[0]
    assert "Until Tuesday 2 March 2027, 05:15" in " ".join(re.sub("<[^>]+>", " ", first).split())
    assert first.count('class="button"') == 1
    assert "7 things wait for you. Times are those of Ulaanbaatar." in page
    for address in re.findall(r'<a class="button[^"]*" href="([^"]+)"', page):
        assert signed_in(tuya.user).get(address).status_code == 200, address
    assert len(re.findall(r"/events/[a-z0-9-]+/register/\d", page)) >= 3  # own places, not the public pages


def test_page_of_somebody_with_nothing_to_do_says_what_is_next(tuya: Person) -> None:
    other = with_account("bat@example.org", "Bat", member_state=tuya.member_state, time_zone="Asia/Hovd")
    page = signed_in(other.user).get("/me/").content.decode()
    assert "Nothing waits for you." in page
    new = with_account("new@example.org", "New")
    assert titles(signed_in(new.user).get("/me/").content.decode()) == ["Complete your profile"]


def test_list_comes_by_mail_once_a_week_to_who_asks_for_it(tuya: Person, client: Client, clock: Any) -> None:
    assert plan_lists() == 0
    Address.objects.create(email=tuya.email, zone="Asia/Ulaanbaatar", wishes={"to_do": "weekly"})
    Address.objects.create(email="nobody@example.org", zone="Asia/Ulaanbaatar", wishes={"to_do": "weekly"})
    assert (plan_lists(), plan_lists()) == (1, 0)
    sending.send_due()
    [message] = django_mail.outbox
    assert message.subject == "What you have to do: 7 things"
    assert message.body.index("Take your place: Steppes") < message.body.index("Your event begins: Fire and forest")
    assert "Until Wednesday 10 March 2027, 09:15" in message.body
    assert "http://localhost:8000/me/applications/T27-AAAAA/" in message.body
    assert "http://localhost:8000/me/mail/" in message.body
    clock.shift(7 * DAY)
    Mail.objects.filter(kind=TO_DO.name).delete()
    assert plan_lists() == 1
