"""From the room to the certificate in a real browser: nothing that hinders a reader, and all of it without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Person
from activities.models import Attendance, AttendanceMatch
from tests.events.test_running_browser import sound
from tests.people import give_second_factor, signed_in
from tests.trainings.held import held_training, present, taking_part
from trainings.certificates import certifying
from trainings.models import Certificate, Training

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter(page: Page, person: Person, url: str) -> None:
    assert person.user
    session = signed_in(person.user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])


def full_training() -> Training:
    training = held_training(
        letter_office="The office", letter_signatory="The head", title="Monitoring of lakes and rivers"
    )
    for number in range(6):
        person = taking_part(
            training, name=f"Person {number}", native_name="Бат-Эрдэнэ", native_language="mn", organisation="Hustai"
        ).person
        if number < 3:
            present(training, person, 120, 60 * number)
    return training


@pytest.mark.parametrize("width", [390, 1280])
def test_who_is_there_is_ticked_without_a_script(
    live_server: Any, new_page: Callable[..., Page], trainer: Person, width: int
) -> None:
    training = full_training()
    session = training.sessions.all()[0]
    session.trainers.add(trainer)
    page = new_page(viewport={"width": width, "height": 800}, base_url=live_server.url, java_script_enabled=False)
    enter(page, trainer, live_server.url)
    page.goto("/me/sessions/")
    page.get_by_role("link", name="Tick who is there").click()
    page.get_by_label("Person 5").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("1 person ticked.")).to_be_visible()
    expect(page.get_by_text("4 of 6 are there.")).to_be_visible()
    assert Attendance.objects.filter(session=session, person__name="Person 5", minutes=120).exists()


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_people_are_sound(
    live_server: Any, new_page: Callable[..., Page], trainer: Person, width: int
) -> None:
    training = full_training()
    session = training.sessions.all()[0]
    session.trainers.add(trainer)
    made = certifying.issue(activity=training, person=taking_part(training, "attended", person=trainer).person, by=None)
    taking_part(held_training(letter_office="The office", letter_signatory="The head"), person=trainer)
    page = new_page(viewport={"width": width, "height": 800}, base_url=live_server.url)
    enter(page, trainer, live_server.url)
    for path, name in (
        (f"/me/sessions/training/{session.pk}/presence/", "presence"), ("/me/certificates/", "papers"),
        ("/me/sessions/", "sessions"), (f"/certificates/{made.number}/", "valid"),
    ):  # fmt: skip
        page.goto(path)
        sound(page, name)
    boxes = page.goto(f"/me/sessions/training/{session.pk}/presence/") and page.locator(".presence label").all()
    assert boxes
    assert all((box.bounding_box() or {"height": 0})["height"] >= 44 for box in boxes)
    certifying.revoke(certificate=made, reason="Wrong", by=None)
    page.goto(f"/certificates/{made.number}/")
    sound(page, "revoked")


@pytest.mark.parametrize("width", [390, 1280])
def test_officer_goes_from_minutes_to_certificates(
    live_server: Any, new_page: Callable[..., Page], officer: Person, width: int
) -> None:
    training = full_training()
    AttendanceMatch.objects.create(activity=training, key="name:x", name="Person X", candidates=[])
    assert officer.user
    give_second_factor(officer.user)
    page = new_page(viewport={"width": width, "height": 900}, base_url=live_server.url)
    enter(page, officer, live_server.url)
    running = f"/admin/trainings/training/{training.pk}"
    lists = f"/admin/trainings/trainingattendancefile/training/{training.pk}"
    for path, name in (
        (f"{running}/", "overview"), (f"{running}/attendance/", "attendance"), (f"{lists}/import/", "import"), (f"{lists}/on-site/", "on-site"),
        (f"{lists}/sheet/", "sheet"), ("/admin/trainings/trainingattendancematch/", "queue"),
    ):  # fmt: skip
        page.goto(path)
        sound(page, f"training-{name}")
    page.goto(f"{running}/attendance/")
    page.get_by_role("link", name="Who attended, by the rule").click()
    sound(page, "rule")
    page.get_by_role("button", name="Move 6 applications").click()
    expect(page.get_by_text("6 applications were moved.")).to_be_visible()
    page.goto(f"{running}/certificates/")
    sound(page, "certificates")
    page.get_by_role("link", name="Issue 2 certificates", exact=True).click()
    sound(page, "issue")
    page.get_by_role("button", name="Issue 2 certificates", exact=True).click()
    expect(page.get_by_text("2 certificates were issued.")).to_be_visible()
    page.get_by_role("link", name="Tell everybody that the certificate is ready").click()
    sound(page, "send")
    made = Certificate.objects.all()[0]
    page.goto(f"/admin/trainings/certificate/{made.pk}/change/")
    sound(page, "certificate")
    page.get_by_role("link", name="Revoke it").click()
    page.get_by_label("Reason").fill("Somebody else.")
    sound(page, "revoke")
    page.get_by_role("button", name="Revoke it").click()
    expect(page.get_by_text("The certificate is revoked.")).to_be_visible()
