"""Trainings: the list, the page with seats and deadline, the way to apply."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PartnerFactory,
    SeriesFactory,
    TrainingFactory,
)
from trainings.models import Training

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_kept")]
START = dt.datetime(2030, 10, 1, 1, tzinfo=dt.UTC)


def titles(client: Client, **query: str) -> list[str]:
    return [training.title for training in client.get("/trainings/", query).context["page_obj"]]


def test_list_is_narrowed_and_in_order(client: Client) -> None:
    course = SeriesFactory(slug="course")
    TrainingFactory(title="Lakes", states=["MN"], target_group="Managers", format="onsite")
    TrainingFactory(title="Seas", states=["KR"], series=course, starts_at=START.replace(year=2019), status="held")
    TrainingFactory(title="Draft", states=["KR"], series=course, status="draft")
    assert titles(client) == ["Lakes", "Seas"]
    assert titles(client, q="managers") == ["Lakes"]
    assert titles(client, state="KR") == ["Seas"]
    assert titles(client, series="course", year="2019") == ["Seas"]
    assert titles(client, format="onsite") == ["Lakes"]
    assert titles(client, sort="oldest") == ["Seas", "Lakes"]


def test_list_does_not_know_kinds(client: Client) -> None:
    assert "kind" not in client.get("/trainings/").context["form"].fields


def test_list_query_count_does_not_grow(client: Client, django_assert_num_queries) -> None:
    MemberStateFactory(code="MN")
    for number in (1, 2):
        TrainingFactory.create_batch(number, series=SeriesFactory(), states=["MN"])
        with django_assert_num_queries(7):
            client.get("/trainings/")
        with django_assert_num_queries(2):  # the version of the data, and how many there are
            client.get("/trainings/")


@pytest.fixture
def call() -> Training:
    """Open until 30 September 2030, 23:59 in Paris, when it is 1 October in Ulaanbaatar."""
    training = TrainingFactory(
        slug="call", title="Course", call_opens_at=START - dt.timedelta(days=100), deadline_zone="Europe/Paris",
        nominations_close_at=dt.datetime(2030, 9, 30, 21, 59, tzinfo=dt.UTC), target_group="Managers of reserves",
        topics=["monitoring", "GIS"], costs="Travel and meals.\nNot the visa.", starts_at=START + dt.timedelta(days=60),
    )  # fmt: skip
    funded = training.seat_classes.create(funding="full", seats=20, covers="Travel, hotel, meals")
    funded.only_states.add(MemberStateFactory(code="MN"))
    training.seat_classes.create(funding="self", presence="online", seats=8)
    training.caps.create(member_state=MemberStateFactory(code="KZ"), most=4)
    return training


def test_page_shows_the_deadline_in_the_zone_of_the_rule(client: Client, call: Training) -> None:
    with time_machine.travel(START - dt.timedelta(days=30), tick=False):
        text = client.get("/trainings/call/").content.decode()
    assert "Monday 30 September 2030<br>23:59</time>" in text
    assert "Paris, Europe/Paris (UTC+2)" in text
    assert "Open for nominations" in text
    assert 'href="/trainings/call/apply/"' in text


def test_page_shows_seats_caps_costs_and_topics(client: Client, call: Training) -> None:
    text = client.get("/trainings/call/").content.decode()
    for words in (
        '<span class="big">20</span> fully funded, on site', "Travel, hotel, meals", "Only for Mongolia",
        '<span class="big">8</span> self-funded, online', "At most 4 seats for Kazakhstan", "Travel and meals.<br>Not the visa.",
        "<li>Monitoring</li><li>GIS</li>", "Managers of reserves",
    ):  # fmt: skip
        assert words in text


def test_page_tells_an_extended_deadline(client: Client, call: Training) -> None:
    call.extensions.create(was=dt.datetime(2030, 8, 31, 21, 59, tzinfo=dt.UTC), reason="Few nominations so far.")
    text = client.get("/trainings/call/").content.decode()
    assert "The deadline was extended." in text
    assert "Saturday 31 August 2030, 23:59" in text
    assert "Few nominations so far." in text


def test_page_query_count_does_not_grow(client: Client, call: Training, django_assert_num_queries) -> None:
    for number in (1, 2):
        for _ in range(number):
            call.involvements.create(partner=PartnerFactory())
            call.site_links.create(site=BiosphereReserveFactory())
            call.caps.create(site=BiosphereReserveFactory(), most=1)
            call.caps.create(site=GeoparkFactory(), most=1)
            call.events.add(EventFactory())
        with django_assert_num_queries(20):
            client.get("/trainings/call/")


@pytest.mark.parametrize(
    ("days", "words"),
    [(-200, "Not open yet."), (-30, "To apply you need an account"), (10, "Closed.")],
)
def test_application_page_says_how_things_stand(client: Client, call: Training, days: int, words: str) -> None:
    with time_machine.travel(START + dt.timedelta(days=days), tick=False):
        response = client.get("/trainings/call/apply/")
    assert response.status_code == 200
    assert words in response.content.decode()


def test_application_page_of_an_unknown_training_is_not_found(client: Client) -> None:
    assert client.get("/trainings/unknown/apply/").status_code == 404
    assert client.get(f"/trainings/{TrainingFactory(status='draft').slug}/apply/").status_code == 404


def test_calendar_of_a_training(client: Client) -> None:
    TrainingFactory(slug="call", start_precision="day")
    assert b"DTSTART;VALUE=DATE:20301001" in client.get("/trainings/call.ics").content
    assert client.get("/trainings/unknown.ics").status_code == 404
