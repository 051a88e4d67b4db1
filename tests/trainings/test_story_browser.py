"""The whole way of a training in a real browser, by five people: officer, two focal points, two applicants.

Whatever a person fills in works without a script. Days that pass are set in the database: the clock of a browser cannot be moved.
"""

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail as django_mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Person
from notifications.delivery.sending import send_due
from notifications.models import Mail
from tests.factories import MemberStateFactory, PersonFactory
from tests.people import give_second_factor, with_account
from trainings.models import Application, Certificate, Training
from trainings.workflow import progress

from .open_calls import ask, call, seats
from .standing import in_state
from .test_running_browser import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 800}
DAY = dt.timedelta(days=1)


class People:
    """A browser for each: those of applicants and focal points have no scripts."""

    def __init__(self, new_page: Any, host: str) -> None:
        self.new_page, self.host = new_page, host
        self.pages: dict[str, Page] = {}

    def page(self, name: str, person: Person | None, **options: Any) -> Page:
        if name not in self.pages:
            page = self.new_page(base_url=self.host, **options)
            if person is not None:
                enter(page, person, self.host)
            self.pages[name] = page
        return self.pages[name]


def mail_link(to: str, subject: str, pattern: str) -> str:
    """The address in the latest mail to somebody, as the outbox has sent it."""
    Mail.objects.filter(state="queued").update(due=timezone.now())
    send_due()
    mail = [sent for sent in django_mail.outbox if sent.to == [to] and sent.subject.startswith(subject)][-1]
    found = re.search(rf"http\S+{pattern}\S*", str(mail.body))
    assert found, mail.body
    return urlsplit(found[0]).path


def state_of(name: str) -> str:
    return Application.objects.get(person__name=name).state


def publish(page: Page, training: Training) -> None:
    page.goto(f"/admin/trainings/training/{training.pk}/change/")
    page.locator("#id_status").select_option("announced")
    page.get_by_label("Reason for the change").fill("The call is ready")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def apply(page: Page) -> None:
    """Writes a draft, leaves, comes back, checks, sends."""
    page.goto("/trainings/course/")
    expect(page.get_by_text("has to endorse you")).to_be_visible()
    page.get_by_role("link", name="How to apply").click()
    page.get_by_label("Why do you come?").fill("Birds")
    page.get_by_role("button", name="Save the draft").click()
    page.goto("/me/applications/")
    page.get_by_role("link", name="Course").click()
    page.get_by_role("link", name="Go on with the draft").click()
    expect(page.get_by_label("Why do you come?")).to_have_value("Birds")
    page.get_by_label("Organisation").fill("Hustai")
    page.get_by_label("Role or position").fill("Ranger")
    page.get_by_label("Fully funded, On site").check()
    page.get_by_role("button", name="Check the answers").click()
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_text("It has arrived.")).to_be_visible()


def nominate(page: Page) -> None:
    page.goto("/me/people/add/")
    page.get_by_label("Name in Latin letters").fill("Dorj")
    page.get_by_label("The person knows that").check()
    page.get_by_role("button", name="Keep the person").click()
    page.get_by_role("link", name="Nominate for a training").click()
    page.get_by_role("link", name="Course").click()
    page.get_by_label("Why do you come?").fill("Wolves")
    page.get_by_label("Fully funded, On site").check()
    page.get_by_label("The person knows of this application").check()
    page.get_by_role("button", name="Check the answers").click()
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_text("Sent. The reference is")).to_be_visible()


def say(page: Page, name: str, word: str, reason: str = "") -> None:
    page.goto("/me/")
    page.locator(".todo > li", has_text="Course").get_by_role("link", name="See them").click()
    page.get_by_role("link", name=name).click()
    page.get_by_label(word, exact=True).check()
    page.get_by_label("Reason").first.fill(reason)
    page.get_by_role("button", name="Keep it, and tell the applicant").click()


def decide(page: Page, training: Training, decision: str, *names: str) -> None:
    """Ticks people and decides: nobody is told yet."""
    page.goto(f"/admin/trainings/training/{training.pk}/selection/")
    for name in names:
        page.get_by_role("checkbox", name=name).check()
    page.get_by_text("Class of seats, reason, all that match").click()
    page.locator("#id_seat_class").select_option(label="Fully funded, On site")
    page.get_by_role("button", name=decision, exact=True).click()
    expect(page.get_by_text("Nobody is told before you let the mails go.")).to_be_visible()


def let_go(page: Page, mails: int) -> None:
    """Looks who is told what, and lets the mails go."""
    page.get_by_role("link", name="Let the mails go").click()
    page.get_by_role("button", name=f"Let {mails} mails go").click()
    expect(page.get_by_text("mails go out at")).to_be_visible()


def let_the_training_begin(training: Training) -> None:
    """The day has come: a morning of four hours, yesterday."""
    begins = timezone.now() - DAY
    ends = begins + dt.timedelta(hours=4)
    Training.objects.filter(pk=training.pk).update(
        starts_at=begins, ends_at=ends, nominations_close_at=begins - 9 * DAY, call_opens_at=begins - 20 * DAY, status="held"
    )  # fmt: skip
    training.sessions.update(starts_at=begins, ends_at=ends)


@pytest.fixture
def training() -> Training:
    now = timezone.now()
    begins = now + 60 * DAY
    training = call(
        status="draft", starts_at=begins, call_opens_at=now - DAY, nominations_close_at=now + 9 * DAY, gives_certificates=True,
        costs="Travel and meals. Not the visa.", format="onsite", timezone="Asia/Ulaanbaatar",
    )  # fmt: skip
    seats(training, seats=2)
    ask(training, "why", "long", required=True, label="Why do you come?")
    ask(training, "passport", required=True, label="Name as in the passport", follow_up=True)
    training.sessions.create(title="Day 1", starts_at=begins, ends_at=begins + dt.timedelta(hours=4))
    return training


def test_from_call_to_verified_certificate(
    new_page: Any, live_server: Any, training: Training, officer: Person, focal_point: Person, other_focal_point: Person
) -> None:
    assert officer.user
    give_second_factor(officer.user)
    mongolia = MemberStateFactory(code="MN")
    anu = with_account("anu@example.org", "Anu", member_state=mongolia)
    people = People(new_page, live_server.url)
    desk = people.page("officer", officer, viewport={"width": 1280, "height": 900})
    bat = people.page("bat", focal_point, java_script_enabled=False, viewport=PHONE)
    vera = people.page("vera", other_focal_point, java_script_enabled=False, viewport=PHONE)
    hers = people.page("anu", anu, java_script_enabled=False, viewport=PHONE)

    publish(desk, training)
    apply(hers)
    nominate(vera)
    # Two more, who have sent theirs already: one whom the committee will not endorse, one who will be selected and not come.
    in_state(training, "submitted", code="RU", person=PersonFactory(name="Kira"))
    in_state(training, "endorsed", endorsed=True, person=PersonFactory(name="Saruul", email="saruul@example.org"))

    say(bat, "Anu", "Endorse", "Knows the lake")
    expect(bat.get_by_text("Endorsed. The applicant gets a mail.")).to_be_visible()
    assert state_of("Dorj") == "endorsed"  # who nominates endorses
    say(vera, "Kira", "Do not endorse")
    expect(vera.get_by_role("alert")).to_contain_text("Say why the application is not endorsed.")
    vera.get_by_label("Reason").first.fill("Left the reserve")
    vera.get_by_role("button", name="Keep it, and tell the applicant").click()
    assert [state_of(name) for name in ("Anu", "Dorj", "Kira")] == ["endorsed", "endorsed", "not_endorsed"]
    bat.goto("/me/applications/course/order/")
    bat.get_by_label("Rank: Anu").fill("1")
    bat.get_by_role("button", name="Keep this order").click()
    expect(bat.get_by_text("The order is kept.")).to_be_visible()

    desk.goto(f"/admin/trainings/application/{Application.objects.get(person=anu).pk}/change/")
    desk.get_by_label("Your points").select_option("5")
    desk.get_by_role("button", name="Keep my points").click()
    decide(desk, training, "Select", "Anu", "Saruul")
    decide(desk, training, "Reserve list", "Dorj")
    assert [state_of(name) for name in ("Anu", "Saruul", "Dorj")] == ["endorsed"] * 3
    let_go(desk, 5)
    assert [state_of(name) for name in ("Anu", "Saruul", "Dorj")] == ["selected", "selected", "reserve_list"]

    # Anu opens the link of her mail where she is not signed in, and declines.
    link = people.page("anu, by mail", None, java_script_enabled=False, viewport=PHONE)
    link.goto(mail_link("anu@example.org", "You are selected", "/applications/"))
    expect(link.get_by_text("a seat is kept for you")).to_be_visible()
    expect(link.get_by_text("Not the visa.")).to_be_visible()
    assert state_of("Anu") == "selected"
    link.get_by_text("You cannot come?").click()
    link.get_by_role("button", name="Decline").click()
    expect(link.get_by_role("heading", name="Decline the seat?")).to_be_visible()
    assert state_of("Anu") == "selected"
    link.get_by_label("Reason").fill("Exams")
    link.get_by_role("button", name="Yes, decline").click()
    expect(link.get_by_text("You have declined the seat.")).to_be_visible()
    assert [state_of(name) for name in ("Anu", "Dorj")] == ["declined", "selected"]

    # The offer comes to Vera, since Dorj has no address; she answers for him on her own pages.
    assert mail_link("vera@example.org", "A seat is free for you", "/applications/")
    vera.goto("/me/people/applications/")
    vera.get_by_role("link", name="Course").click()
    vera.get_by_role("link", name="Dorj").click()
    vera.get_by_label("Take the seat").check()
    vera.get_by_label("The person knows this and wants it").check()
    vera.get_by_role("button", name="Answer for the person").click()
    expect(vera.get_by_text("Dorj: Confirmed by the applicant.")).to_be_visible()
    vera.goto(mail_link("vera@example.org", "A few more questions", "/follow-up/"))
    vera.get_by_label("Name as in the passport").fill("DORJ BAT")
    vera.get_by_role("button", name="Keep the answers").click()
    expect(vera.get_by_text("Your answers are kept.")).to_be_visible()
    progress.confirm(application=Application.objects.get(person__name="Saruul"), by=None)

    let_the_training_begin(training)
    desk.goto(f"/admin/trainings/training/{training.pk}/attendance/")
    desk.get_by_role("link", name="Tick on a phone").first.click()
    desk.get_by_label("Dorj").check()
    desk.get_by_role("button", name="Send").click()
    desk.goto(f"/admin/trainings/training/{training.pk}/attendance/")
    desk.get_by_role("link", name="Who attended, by the rule").click()
    desk.get_by_role("button", name="Move 2 applications").click()
    assert [state_of(name) for name in ("Dorj", "Saruul")] == ["attended", "no_show"]
    desk.get_by_role("link", name="Certificates").last.click()
    desk.get_by_role("link", name="Issue 1 certificate").click()
    desk.get_by_role("button", name="Issue 1 certificate", exact=True).click()

    number = Certificate.objects.get().number
    checker = people.page("somebody", None, java_script_enabled=False)
    checker.goto(mail_link("vera@example.org", "Your certificate", "/certificates/"))
    expect(checker.get_by_text("valid").first).to_be_visible()
    expect(checker.get_by_text("Dorj").first).to_be_visible()
    vera.goto(mail_link("vera@example.org", "Your certificate", "/applications/"))
    paper = vera.get_by_role("link", name=f"Certificate {number}")
    content = vera.request.get(str(paper.get_attribute("href"))).body()
    assert content.startswith(b"%PDF")
    log = list(Application.objects.get(person__name="Dorj").steps.values_list("to_state", flat=True))
    assert log == ["draft", "submitted", "endorsed", "reserve_list", "selected", "confirmed", "attended", "completed"]
