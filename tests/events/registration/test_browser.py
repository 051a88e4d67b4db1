"""Registering in a real browser, without a script and on a phone: confirm, wait, be offered a place, decline, cancel."""

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail as django_mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Person
from events.models import Event, Registration
from tests.factories import EventFactory, MemberStateFactory, RoleGrantFactory
from tests.people import signed_in, with_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 800}


@pytest.fixture
def event() -> Event:
    MemberStateFactory(code="MN")
    now = timezone.now()
    return EventFactory(
        slug="lakes", title="Lakes", starts_at=now + dt.timedelta(days=30), format="online", capacity_online=1,
        registration_opens_at=now - dt.timedelta(days=1),
    )  # fmt: skip


def send_form(page: Page, host: str, name: str, email: str) -> None:
    page.goto(f"{host}/events/lakes/")
    page.get_by_role("link", name=re.compile("^(Register|Join the waiting list)$")).click()
    page.get_by_label("Your name in Latin letters").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Organisation or site").fill("Khuvsgul")
    page.get_by_label("Member state").select_option("MN")
    page.get_by_label("You are").select_option("site")
    page.get_by_label("I have read").check()
    page.wait_for_timeout(2100)  # quicker than that is taken for a program
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")


def follow_link(page: Page, host: str, email: str, subject: str) -> None:
    """Opens the link of the latest mail to somebody."""
    mail = [sent for sent in django_mail.outbox if sent.to == [email]][-1]
    assert mail.subject.startswith(subject)
    found = re.search(r"http\S+/register/\S+", mail.body)
    assert found
    page.goto(host + urlsplit(found[0]).path)


def state_of(email: str) -> str:
    return Registration.objects.get(person__email=email).state


@pytest.mark.parametrize("java_script", [False, True])
def test_places_change_hands(new_page: Any, live_server: Any, event: Event, java_script: bool) -> None:
    host = live_server.url
    page = new_page(java_script_enabled=java_script, viewport=PHONE)
    send_form(page, host, "Bat", "bat@example.org")
    follow_link(page, host, "bat@example.org", "Please confirm")
    page.get_by_role("button", name="Confirm my place").click()
    expect(page.get_by_text("Your place is confirmed.")).to_be_visible()
    for name in ("jin", "aiko"):
        send_form(page, host, name.capitalize(), f"{name}@example.org")
        follow_link(page, host, f"{name}@example.org", "On the waiting list")
        page.get_by_role("button", name="Confirm my address").click()
    expect(page.get_by_text("You are number 2 on the waiting list.")).to_be_visible()
    follow_link(page, host, "bat@example.org", "Your place")
    page.get_by_text("Give up the place of Bat").click()
    page.get_by_role("button", name="Yes, give it up").click()
    expect(page.get_by_text("Bat is no longer registered. A mail confirms it.")).to_be_visible()
    follow_link(page, host, "jin@example.org", "A place is free for you")
    page.get_by_text("Give up the place of Jin").click()
    page.get_by_role("button", name="Yes, decline the place").click()
    follow_link(page, host, "aiko@example.org", "A place is free for you")
    page.get_by_role("button", name="Take the place").click()
    expect(page.get_by_text("Your place is confirmed.")).to_be_visible()
    states = [state_of(f"{name}@example.org") for name in ("bat", "jin", "aiko")]
    assert states == ["cancelled", "cancelled", "confirmed"]


def test_focal_point_registers_a_ranger_without_an_address(new_page: Any, live_server: Any, event: Event) -> None:
    mongolia = MemberStateFactory(code="MN")
    bat = with_account("bat@example.org", "Bat", member_state=mongolia)
    RoleGrantFactory(person=bat, role="focal_point", member_state=mongolia)
    page = new_page(java_script_enabled=False, viewport=PHONE)
    session = signed_in(bat.user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/me/people/add/")
    page.get_by_label("Name in Latin letters").fill("Gantomor")
    page.get_by_label("The person knows that").check()
    page.get_by_role("button", name="Keep the person").click()
    page.get_by_role("link", name="Register for an event").click()
    page.get_by_label("Event", exact=True).select_option(label="Lakes")
    page.get_by_label("The person is").select_option("site")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text("Gantomor: Confirmed.")).to_be_visible()
    ranger = Person.objects.get(name="Gantomor")
    assert (ranger.email, ranger.care_of) == ("", bat)
    assert [sent.to for sent in django_mail.outbox][-1] == ["bat@example.org"]


def test_two_colleagues_and_a_group_of_five_of_one_mailbox(new_page: Any, live_server: Any, event: Event) -> None:
    Event.objects.update(capacity_online=30)
    host, box = live_server.url, "box@example.org"
    page = new_page(java_script_enabled=False, viewport=PHONE)
    for name in ("Bat Dorj", "Saran Tuya"):
        send_form(page, host, name, box)
        follow_link(page, host, box, f"Please confirm: Lakes · {name}")
        page.get_by_role("button", name="Confirm my place").click()
        expect(page.get_by_text(f"For {name}")).to_be_visible()
    expect(page.get_by_text("Registered from box@example.org too:")).to_be_visible()
    page.get_by_label("Language of your mails").select_option("ru")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It is kept.")).to_be_visible()
    page.goto(f"{host}/events/lakes/register/")
    page.get_by_role("link", name="Register several people").click()
    page.get_by_label("Your e-mail address").fill(box)
    page.get_by_label("Organisation or site of all").fill("Khuvsgul")
    page.get_by_label("Member state of all").select_option("MN")
    for number in range(1, 6):
        if number > 2:
            page.get_by_role("button", name="One more person").click()
        person = page.get_by_role("group", name=f"Person {number}")
        person.get_by_label("Name in Latin letters").fill("" if number == 4 else f"Sample {number}")
        person.get_by_label("Takes part as").select_option("site")
    page.get_by_label("They know that I register them").check()
    page.get_by_role("button", name="Check these 5").click()
    page.get_by_role("link", name="Enter the name of person 4, or take person 4 away.").click()
    page.get_by_role("group", name="Person 4").get_by_label("Name in Latin letters").fill("Sample 4")
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Check these 5").click()
    expect(page.get_by_text("28 places left, you ask for 5.")).to_be_visible()
    page.get_by_role("button", name="Send, and look into the mailbox").click()
    follow_link(page, host, box, "Please confirm 5 people")
    page.get_by_role("button", name="Confirm for all 5").click()
    expect(page.get_by_text("Each of them gets a mail of their own.")).to_be_visible()
    assert Registration.objects.confirmed().of_mailbox(box).count() == 7
    assert {sent.subject for sent in django_mail.outbox} >= {
        f"Your place: Lakes · Sample {number}" for number in range(1, 6)
    }
