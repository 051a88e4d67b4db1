"""The pages of an event that is run, in a real browser: nothing that hinders a reader, and a door that opens by itself."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Person
from activities.attendance import recording as attendance
from activities.attendance.rows import Presence, Reading
from activities.materials import files as materials
from activities.models import AdvanceQuestion, AttendanceMatch, Material
from events.models import Event, Registration, Survey
from tests.axe import ALL, broken_rules
from tests.factories import EventFactory, PersonFactory, RegistrationFactory
from tests.people import give_second_factor, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUR = dt.timedelta(hours=1)
# Parts of the hub, and pages that start from them.
PARTS = (
    "registrations",
    "registrations/add",
    "registrations/sheet",
    "registrations/write",
    "survey",
    "certificates",
    "mails",
    "copy",
    "change",
    "sessions",
)
LIST = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"


def event_at(start: dt.datetime, **facts: Any) -> Event:
    """A webinar with two sessions, ways in, materials and a survey that is open."""
    event: Event = EventFactory(starts_at=start, title="Lakes and water", slug="lakes", format="online", **facts)
    for number, title in enumerate(("Birds of the lake", "Fish of the lake")):
        first = start + number * HOUR / 2
        event.sessions.create(title=title, starts_at=first, ends_at=first + HOUR / 2, trainer_names="Saruul")
    session = event.sessions.first()
    event.join_links.create(provider="zoom", url="https://zoom.invalid/j/1", meeting_number="812 3456", passcode="lake")
    event.join_links.create(provider="voov", url="https://voov.invalid/1", meeting_number="812-345-678")
    event.join_links.create(provider="phone", dial_in="Mongolia +976 11 123456\nJapan +81 3 1234 5678", session=session)
    for kind, visibility in (("slides", "public"), ("recording", "registered"), ("transcript", "attended")):
        one = Material(activity=event, kind=kind, title=f"{kind.title()} of the day", visibility=visibility)
        one.has_captions = kind == "recording"
        one.file.save("x.pdf", ContentFile(b"%PDF-1.7" + b"x" * 2_400_000), save=False)
        materials.store(material=one)
    survey = Survey.objects.create(
        event=event, last_day=timezone.now().date() + 5 * HOUR * 24, opened_at=timezone.now()
    )
    survey.questions.create(label="How was it?", kind="scale", required=True)
    survey.questions.create(label="Which parts were useful?", kind="many", choices="Birds\nFish\nWater")
    survey.questions.create(label="Would you come again?", kind="yes_no")
    survey.questions.create(label="What else do you want to say?", kind="text")
    return event


def registered(event: Event) -> Registration:
    made: Registration = RegistrationFactory(event=event, person__name="Bat", person__time_zone="Asia/Tokyo")
    return made


def sound(page: Page, name: str) -> None:
    """Nothing for axe to find and no scrolling sideways. With EABRN_TEST_SHOTS=directory also a picture to look at."""
    if shots := os.environ.get("EABRN_TEST_SHOTS"):
        size = page.viewport_size or {"width": 0}
        page.screenshot(path=Path(shots) / f"{name}-{size['width']}.png", full_page=True)
    assert broken_rules(page, ALL | {"preload": False}) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


@pytest.mark.parametrize("width", [390, 1280])
def test_personal_pages_are_sound(live_server: Any, new_page: Callable[..., Page], width: int) -> None:
    registration = registered(event_at(timezone.now() + 26 * HOUR))
    event = registration.event
    AdvanceQuestion.objects.create(activity=event, person=registration.person, text="How deep is it?", language="en")
    page = new_page(viewport={"width": width, "height": 800}, base_url=live_server.url)
    address = f"/join/{registration.join_token}/"
    for path, name in (
        (address, "early"), (f"{address}question/", "question"), (f"{address}survey/", "survey"), ("/join/renewed/", "renewed"),
    ):  # fmt: skip
        page.goto(path)
        sound(page, name)
    page.goto(f"{address}survey/")
    page.get_by_role("button", name="Send the answers").click()
    expect(page.locator("#error-summary")).to_be_focused()
    sound(page, "survey-error")
    page.get_by_role("radio", name="4").check()
    page.get_by_role("button", name="Send the answers").click()
    expect(page.get_by_text("Your answers are counted.")).to_be_visible()
    Event.objects.update(starts_at=timezone.now(), ends_at=timezone.now() + 2 * HOUR)
    page.goto(address)
    sound(page, "open")
    Event.objects.update(status="held", written_summary_en="All was said.\n\nAnd then some.")
    page.goto("/events/lakes/")
    sound(page, "event")


def test_door_opens_by_itself_without_loading_the_page(live_server: Any, new_page: Callable[..., Page]) -> None:
    door = dt.timedelta(minutes=30)
    registration = registered(event_at(timezone.now() + door + dt.timedelta(seconds=59)))
    page = new_page(viewport={"width": 390, "height": 800}, base_url=live_server.url)
    page.clock.install()
    page.goto(f"/join/{registration.join_token}/")
    page.evaluate("window.stays = true")
    expect(page.get_by_text("1 minute", exact=True)).to_be_visible()
    Event.objects.update(starts_at=timezone.now() + door)
    page.clock.fast_forward("01:30")
    expect(page.get_by_role("link", name="Join with Zoom")).to_be_visible()
    assert page.evaluate("window.stays")


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_the_admin_are_sound(
    live_server: Any, new_page: Callable[..., Page], officer: Person, width: int, tmp_path: Path
) -> None:
    event = event_at(timezone.now().replace(hour=0, minute=0) - 24 * HOUR, status="held")
    for number in range(4):
        RegistrationFactory(event=event, person=PersonFactory(name=f"Person {number}", organisation="Hustai"))
    assert officer.user
    give_second_factor(officer.user)
    page = new_page(viewport={"width": width, "height": 900}, base_url=live_server.url)
    session = signed_in(officer.user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    reading = Reading("zoom", [Presence(2, "Person X", "", event.starts_at, event.starts_at + HOUR)])
    attendance.take_over(activity=event, reading=reading, name="list.csv", session=None, by=None)
    lists, match = f"/admin/events/attendancefile/event/{event.pk}", AttendanceMatch.objects.get()
    survey = event.survey
    for path, name in (
        (f"{lists}/import/", "import"), (f"{lists}/on-site/", "on-site"), (f"{lists}/sheet/?all", "sheet"),
        (f"/admin/events/survey/{survey.pk}/remind/", "remind"), (f"/admin/events/survey/{survey.pk}/results/", "results"),
        (f"/admin/events/attendancematch/{match.pk}/change/", "match"), ("/admin/events/attendancematch/", "queue"),
        (f"/admin/events/event/{event.pk}/materials/", "materials"), (f"/admin/events/event/{event.pk}/", "overview"),
        (f"/admin/events/event/{event.pk}/attendance/", "attendance"), *((f"/admin/events/event/{event.pk}/{part}/", part) for part in PARTS),
    ):  # fmt: skip
        page.goto(path)
        sound(page, name.replace("/", "-"))
    broken = tmp_path / "broken.csv"
    broken.write_text(LIST + "Jin,nobody,soon,never,\nBat,,,,\n")
    page.goto(f"{lists}/import/")
    page.get_by_label("Attendance list").set_input_files(broken)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="4 cells are broken: nothing was imported")).to_be_visible()
    sound(page, "broken")
    start = event.starts_at.astimezone(event.zone)
    good = tmp_path / "good.csv"
    good.write_text(LIST + f"Person 1,,{start:%Y-%m-%d %H:%M},{start:%Y-%m-%d} {start + HOUR:%H:%M},60\n")
    page.get_by_label("Attendance list").set_input_files(good)
    page.get_by_role("button", name="Check the file").click()
    sound(page, "checked")
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_text("1 row was taken over.")).to_be_visible()
