"""Today: what waits by name and by age, what happens in the coming days, since when nothing was recorded."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from activities.models import Session
from designated_sites.models import SiteProposal
from desk.work_queue.coming import calendar
from desk.work_queue.lines import Reader
from desk.work_queue.today import today
from events.models import Survey
from events.registration import reminders
from history.actor import acting
from reserves.models import PeriodicReview
from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    PersonFactory,
    RegistrationFactory,
    TrainingFactory,
    UserFactory,
)

DAY = dt.timedelta(days=1)


def shown(client: Client) -> str:
    return " ".join(re.sub("<[^>]+>", " ", client.get("/admin/").content.decode()).split())


def test_oldest_are_told_by_name_and_the_rest_is_a_number(officer: Person, officer_client: Client) -> None:
    now = timezone.now()
    for number in range(7):
        SiteProposal.objects.create(
            site=BiosphereReserveFactory(name=f"Lake {number}"), proposer=PersonFactory(name="Bat"), sent_at=now - number * DAY,
            base={}, changes={"website": "https://example.org", "area_ha": 5}, reason="We have measured it.",
        )  # fmt: skip
    assert officer.user
    (group,) = [one for one in today(officer.user).groups if one.name == "decide"]
    assert [str(line.words) for line in group.lines] == [
        *(f"Lake {number}: 2 facts proposed" for number in (6, 5, 4, 3, 2)), "All proposals for biosphere reserves, to decide",
    ]  # fmt: skip
    assert (group.lines[-1].number, group.number) == (7, 7)
    page = shown(officer_client)
    assert "7 things wait for a decision, the oldest for 6 days" in page
    assert "6 days Lake 6: 2 facts proposed We have measured it. Bat Compare" in page


def test_coming_days_stand_in_their_order_on_the_clocks_of_their_place(officer: Person) -> None:
    now = timezone.now()
    EventFactory(title="Webinar", starts_at=now + 10 * DAY, timezone="Asia/Tokyo", registration_closes_at=now + 5 * DAY)
    EventFactory(title="Draft", status="draft", starts_at=now + 12 * DAY, start_precision="day")
    EventFactory(title="Over", starts_at=now - DAY)
    EventFactory(title="Cancelled", status="cancelled", starts_at=now + 11 * DAY)
    TrainingFactory(
        title="Course", starts_at=now + 90 * DAY, nominations_close_at=now + 20 * DAY, deadline_zone="Europe/Paris"
    )
    PeriodicReview.objects.create(
        site=BiosphereReserveFactory(name="Uvs", designation_year=2016), year=2026,
        due_override=now.date() + 25 * DAY, override_reason="The council said so.",
    )  # fmt: skip
    assert officer.user
    found = calendar(Reader(officer.user, now))
    assert [(str(one.words), str(one.detail)) for one in found.soon] == [
        ("Registration closes", "Webinar"), ("Webinar", ""), ("Draft", "Draft"), ("Nominations close", "Course"),
        ("Periodic review", "Uvs"),
    ]  # fmt: skip
    assert [str(one.words) for one in found.later] == ["Course"]
    hours = [one.hour.partition(" ")[2] for one in found.soon]
    assert hours == ["Tokyo", "Tokyo", "", "Paris", ""]
    stranger = calendar(Reader(UserFactory(is_staff=True), now))
    assert (stranger.soon, stranger.later) == ((), ())


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"starts_at": dt.datetime(2021, 1, 1, tzinfo=dt.UTC), "start_precision": "year", "timezone": "UTC"}, "2021"),
        ({"starts_at": timezone.now() - 30 * DAY}, ""),
        ({"starts_at": timezone.now() + 300 * DAY}, ""),
    ],
)
def test_page_says_since_when_nothing_was_recorded(officer_client: Client, facts: dict[str, Any], told: str) -> None:
    EventFactory(title="Last one", status="held", written_summary_en="It was good.", **facts)
    EventFactory(is_sample=True, starts_at=timezone.now())
    EventFactory(status="cancelled", starts_at=timezone.now())
    page = shown(officer_client)
    assert ("No event recorded since" in page) is bool(told)
    if told:
        assert f"No event recorded since {told} Last one Events Add" in page


def test_only_what_somebody_may_begin_is_offered(officer: Person) -> None:
    assert officer.user
    assert [str(act.label) for act in today(officer.user).new] == [
        "Event or webinar", "Training", "Announcement", "Document", "Biosphere reserve", "Geopark", "Partner",
        "From a sheet",
    ]  # fmt: skip
    assert today(UserFactory(is_staff=True)).new == ()


def test_clocks_are_the_readers_or_those_of_the_secretariat(officer: Person) -> None:
    assert officer.user
    assert today(officer.user, "Asia/Tokyo").now.endswith("Tokyo (UTC+9)")
    assert today(officer.user, "UTC").now.endswith("Beijing (UTC+8)")


def test_reminders_and_surveys_stand_among_the_coming_days(officer: Person) -> None:
    now = timezone.now()
    event = EventFactory(title="Webinar", starts_at=now + 9 * DAY, timezone="Asia/Tokyo")
    for number in range(3):
        registration = RegistrationFactory(event=event, person=PersonFactory(name=f"P{number}"), state="confirmed")
        reminders.schedule(registration=registration)
    Survey.objects.create(event=event, last_day=(now + 20 * DAY).date())
    assert officer.user
    found = [(str(one.words), str(one.detail)) for one in calendar(Reader(officer.user, now)).soon]
    assert found == [
        ("Reminder to 3 people", "Reminder: a week before: Webinar"), ("Reminder to 3 people", "Reminder: a day before: Webinar"),
        ("Reminder to 3 people", "Reminder: an hour before: Webinar"), ("Webinar", ""), ("Survey can be opened", "Webinar"),
        ("Survey closes", "Webinar"),
    ]  # fmt: skip


def test_mine_only_is_what_one_has_made_or_changed(officer: Person, officer_client: Client) -> None:
    now = timezone.now()
    assert officer.user
    for title in ("Mine", "Another's"):
        with acting(officer.user.pk if title == "Mine" else None):
            event = EventFactory(
                title=title, starts_at=now - 2 * DAY, ends_at=now - DAY, status="announced", format="onsite"
            )
        Session.objects.create(activity=event, title="One", starts_at=now - 2 * DAY, ends_at=now - DAY)
        with acting(officer.user.pk if title == "Mine" else None):
            EventFactory(title=f"{title}, to come", starts_at=now + 3 * DAY)
    assert "Attendance to take in: Another&#x27;s" in officer_client.get("/admin/").content.decode()
    mine = today(officer.user, mine=True)
    assert [str(line.words) for group in mine.groups for line in group.lines] == ["Attendance to take in: Mine"]
    assert [str(one.words) for one in mine.calendar.soon] == ["Mine, to come"]
    page = officer_client.get("/admin/?mine=1").content.decode()
    assert ("Another" in page, "Show everything" in page) == (False, True)


def test_new_from_a_sheet_leads_to_the_kinds_of_which_there_are_sheets(officer_client: Client) -> None:
    assert 'href="/admin/sheets/"' in officer_client.get("/admin/").content.decode()
    page = officer_client.get("/admin/sheets/").content.decode()
    for address in ("/admin/record_import/sheetupload/reserves.biospherereserve/import/", "template.xlsx"):
        assert address in page
