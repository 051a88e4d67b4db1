"""The hub of an event: one address, one head, parts with counts, what is next; few queries however many people there are."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from activities.hub.next_steps import Stage, next_steps
from events.models import Event
from record_admin.workspace.pages import hub_context
from tests.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def event() -> Event:
    return EventFactory(
        title="Four designations", kind="webinar", format="online", timezone="Asia/Shanghai", capacity_online=60,
        starts_at=dt.datetime(2026, 12, 9, 7, tzinfo=dt.UTC), ends_at=dt.datetime(2026, 12, 9, 9, tzinfo=dt.UTC), end_precision="minute",
        registration_closes_at=dt.datetime(2026, 12, 7, 15, 59, tzinfo=dt.UTC),
    )  # fmt: skip


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(strip_tags(answer.content.decode()).split())


PARTS = (
    "",
    "change/",
    "sessions/",
    "registrations/",
    "attendance/",
    "materials/",
    "survey/",
    "certificates/",
    "mails/",
    "history/",
)


def test_every_part_has_the_same_head_and_marks_itself(event: Event, administrator_client: Client) -> None:
    RegistrationFactory(event=event, state="confirmed")
    for part in PARTS:
        answer = administrator_client.get(f"/admin/events/event/{event.pk}/{part}")
        assert answer.status_code == 200, part
        page = answer.content.decode()
        assert page.count("<h1") == 1, part
        assert "Four designations" in page, part
        current = [one.address for one in answer.context["parts"] if one.is_current]
        assert current == [f"/admin/events/event/{event.pk}/{part}"], part
        text = " ".join(strip_tags(page).split())
        assert "1 of 60 places taken, nobody waits" in text, part
        assert "Wednesday 9 December 2026, 15:00 to 17:00 Beijing (UTC+8)" in text, part
        assert "Registration closes Monday 7 December 2026, 23:59 Beijing" in text, part


def test_head_parts_and_counts_take_six_queries_however_many_people(event: Event, administrator_client: Client) -> None:
    request = RequestFactory().get("/")
    request.user = administrator_client.get("/admin/").wsgi_request.user
    request.user.get_all_permissions()

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            list(hub_context(request, Event.objects.get(pk=event.pk), part="overview")["parts"])
        return len(asked)

    few = queries()
    for _number in range(12):
        RegistrationFactory(event=event, state="confirmed")
    assert queries() == few <= 6


def stages(event: Event) -> dict[str, Stage]:
    return {str(step.title): step.stage for step in next_steps(Event.objects.get(pk=event.pk))}


def test_what_is_next_is_read_from_the_record(event: Event, now: Any) -> None:
    found = stages(event)
    assert found["Add the links to join"] == Stage.TO_DO
    assert found["Registration closes"] == Stage.BY_ITSELF
    assert found["Hold the event; take in the list of attendance"] == Stage.LATER
    assert found["Announced"] == Stage.DONE
    RegistrationFactory(event=event, state="held", held_until=NOW + dt.timedelta(hours=3))
    event.join_links.create(provider="zoom", url="https://example.org/z")
    found = stages(event)
    assert found["1 place is held and not confirmed"] == Stage.TO_DO
    assert "Add the links to join" not in found
    assert found["Add the link for Tencent Meeting"] == Stage.TO_DO
    now.move_to(dt.datetime(2026, 12, 10, tzinfo=dt.UTC))
    found = stages(event)
    assert found["Take in the list of attendance"] == Stage.TO_DO
    assert found["Say that it was held"] == Stage.TO_DO
    assert found["Put up the recording, slides and summary"] == Stage.TO_DO


def test_old_addresses_lead_to_the_hub_for_good(event: Event, client: Client) -> None:
    for old, new in (
        ("events/runningevent/", "events/event/"),
        (f"events/runningevent/{event.pk}/change/", f"events/event/{event.pk}/materials/"),
        (f"trainings/certifyingevent/{event.pk}/certificates/", f"events/event/{event.pk}/certificates/"),
        ("trainings/runningtraining/?left=certificates", "trainings/training/?left=certificates"),
        ("trainings/runningtraining/7/rule/", "trainings/training/7/rule/"),
    ):
        answer = client.get(f"/admin/{old}")
        assert (answer.status_code, answer["Location"]) == (301, f"/admin/{new}"), old


def test_a_stranger_sees_nothing_of_it(event: Event, client: Client) -> None:
    for part in (*PARTS, "registrations.xlsx", "preview/", "copy/", "registrations/add/"):
        assert client.get(f"/admin/events/event/{event.pk}/{part}").status_code == 302


def test_officer_tries_the_link_to_join_in_the_own_browser(event: Event, officer_client: Client) -> None:
    """The way in stands beside the row, and nothing of ours asks the provider."""
    event.join_links.create(provider="zoom", url="https://example.org/z?pwd=a&b=c")
    page = officer_client.get(f"/admin/events/event/{event.pk}/sessions/").content.decode()
    assert '<a href="https://example.org/z?pwd=a&amp;b=c" target="_blank" rel="noopener noreferrer">' in page
    assert "Save the address first" in page  # the empty row
