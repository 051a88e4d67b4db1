"""Documents: the list and its filter, the page with the events they came from."""

import pytest
from django.test import Client

from tests.factories import DocumentFactory, EventFactory, ProgrammeFactory, TrainingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_kept")]


def titles(client: Client, **query: str | list[str]) -> list[str]:
    return [document.title for document in client.get("/documents/", query).context["page_obj"]]


@pytest.fixture
def papers() -> None:
    DocumentFactory(title="Plan", kind="action_plan", year=2016, languages=["en", "fr"])
    DocumentFactory(title="Report", kind="report", year=2019, languages=["en"], body="Secretariat")
    DocumentFactory(title="Form", kind="form", year=None, languages=["mn"])
    DocumentFactory(title="Hidden", kind="form", year=2020, published=False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Report", "Plan", "Form"]),
        ({"kind": ["form", "report"]}, ["Report", "Form"]),
        ({"language": "fr"}, ["Plan"]),
        ({"language": ["fr", "mn"]}, ["Plan", "Form"]),
        ({"year": "2019"}, ["Report"]),
        ({"q": "secretariat"}, ["Report"]),
        ({"sort": "oldest"}, ["Plan", "Report", "Form"]),
        ({"sort": "title"}, ["Form", "Plan", "Report"]),
    ],
)
@pytest.mark.usefixtures("papers")
def test_list_is_narrowed(client: Client, query: dict[str, str | list[str]], found: list[str]) -> None:
    assert titles(client, **query) == found


@pytest.mark.parametrize("query", [{"kind": "song"}, {"language": "tlh"}, {"year": "20x9"}, {"year": "9" * 40}])
@pytest.mark.usefixtures("papers")
def test_list_with_a_wrong_value_shows_its_error_and_nothing_else(client: Client, query: dict[str, str]) -> None:
    response = client.get("/documents/", query)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == list(query)
    assert list(response.context["page_obj"]) == []


def test_list_query_count_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for number in (1, 2):
        DocumentFactory.create_batch(number, languages=["en"])
        with django_assert_num_queries(2):
            client.get("/documents/")


def test_page_links_programme_and_events_both_ways(client: Client) -> None:
    document = DocumentFactory(title="Statement", programme=ProgrammeFactory(name="Lakes"))
    event, training = EventFactory(title="Meeting"), TrainingFactory(title="Course")
    event.documents.add(document)
    training.documents.add(document)
    page = client.get(document.get_absolute_url())
    shown = {panel.key: [one.title for one in panel.context["activities"]] for panel in page.context["panels"]}
    assert shown == {"events": ["Meeting"], "trainings": ["Course"]}
    assert f'href="{document.programme.get_absolute_url()}">Lakes</a>' in page.content.decode()
    for activity in (event, training):
        assert (
            f'href="{document.get_absolute_url()}">Statement</a>'
            in client.get(activity.get_absolute_url()).content.decode()
        )


def test_page_says_where_an_address_leads(client: Client) -> None:
    document = DocumentFactory(url="https://www.example.org/paper")
    assert "See it at www.example.org" in client.get(document.get_absolute_url()).content.decode()
