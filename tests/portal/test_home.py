"""The home page: figures computed, sites of the day, what is open, what was lately."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from eabrn_portal.home import meetings_on_record
from geoparks.models import Geopark
from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    TrainingFactory,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


def test_home_answers_on_an_empty_portal_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.cookies == {}


def test_figures_are_computed(client: Client) -> None:
    BiosphereReserveFactory(states=["MN", "RU"])
    BiosphereReserveFactory(states=["MN"])
    BiosphereReserveFactory(states=["MN"], published=False)
    GeoparkFactory.create_batch(3, states=["JP"])
    GeoparkFactory(states=["JP"], status=Geopark.Status.ASPIRING, designation_year=None)
    GeoparkFactory(states=["JP"], status=Geopark.Status.WITHDRAWN)
    context = client.get("/").context
    figures = {name: context[name] for name in ("reserves", "shared", "geoparks", "designated", "aspiring")}
    assert figures == {"reserves": 2, "shared": 1, "geoparks": 4, "designated": 3, "aspiring": 1}
    assert "geoparks: 3 designated, 1 aspiring" in client.get("/").content.decode()


def test_meetings_count_a_series_and_its_parts_once() -> None:
    whole = EventFactory()
    EventFactory.create_batch(3, part_of=whole)
    EventFactory(is_sample=True)
    EventFactory(status="draft")
    TrainingFactory(is_sample=True)
    assert meetings_on_record() == 1


def test_meetings_count_a_training_and_its_events_once() -> None:
    training, event = TrainingFactory(), EventFactory()
    EventFactory()
    training.events.add(event)
    assert meetings_on_record() == 2
    training.published = False
    training.save()
    assert meetings_on_record() == 2


def test_sites_of_the_day_stay_for_a_day_and_change(client: Client) -> None:
    BiosphereReserveFactory.create_batch(12, states=["MN"])
    GeoparkFactory.create_batch(4, states=["JP"])

    def shown() -> list[str]:
        cards = client.get("/").content.decode().split('<article class="card place">')[1:]
        return [card.partition('<h3><a href="/')[2].partition('/"')[0] for card in cards]

    first = shown()
    assert (len(first), len(set(first)), shown()) == (3, 3, first)
    with time_machine.travel(NOW + 5 * DAY, tick=False):
        assert shown() != first


def test_open_ones_stand_before_what_is_only_announced(client: Client) -> None:
    EventFactory(title="Open", starts_at=NOW + 9 * DAY, registration_closes_at=NOW + 8 * DAY, is_sample=True)
    TrainingFactory(title="Announced", starts_at=NOW + 3 * DAY)
    EventFactory(title="Draft", starts_at=NOW + 2 * DAY, status="draft")
    EventFactory(title="Past", starts_at=NOW - 2 * DAY, status="held")
    response = client.get("/")
    assert [one.title for one in response.context["open"]] == ["Open"]
    assert [one.title for one in response.context["coming"]] == ["Announced"]
    assert [one.title for one in response.context["lately"]] == ["Past"]
    assert '<span class="badge badge-note">Sample</span> Webinar' in response.content.decode()


def test_lately_joins_events_and_trainings_the_latest_first(client: Client) -> None:
    for number in range(1, 5):
        EventFactory(title=f"Event {number}", starts_at=NOW - number * 10 * DAY, status="held")
        TrainingFactory(title=f"Training {number}", starts_at=NOW - (number * 10 + 5) * DAY, status="held")
    assert [one.title for one in client.get("/").context["lately"]] == [
        "Event 1", "Training 1", "Event 2", "Training 2", "Event 3",
    ]  # fmt: skip


def test_year_that_sources_differ_about_is_told_on_its_own_page_alone(client: Client) -> None:
    MemberStateFactory(code="MN", joined_year=1995)
    assert "One member state, one network</p>" in client.get("/").content.decode()
    about = client.get("/about/").content.decode()
    assert "launched in 1995" in about
    assert "initiated in 1994" in about


def test_home_query_count_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for number in (1, 2):
        BiosphereReserveFactory.create_batch(number, states=["MN"])
        GeoparkFactory.create_batch(number, states=["JP"])
        EventFactory.create_batch(number, registration_closes_at=NOW + 8 * DAY)
        TrainingFactory.create_batch(number)
        EventFactory.create_batch(number, status="held", starts_at=NOW - DAY)
        with django_assert_num_queries(14):
            client.get("/")
        with django_assert_num_queries(1):  # the version of the data
            client.get("/")
