"""The page that describes the API to people says what the description for programs says."""

import pytest
from django.test import Client

from tests.look.pages import Page

pytestmark = pytest.mark.django_db


def test_every_path_stands_on_the_page_and_those_that_need_no_name_lead_to_data(client: Client) -> None:
    page = Page(client.get("/api/docs").content.decode())
    paths = set(client.get("/api/openapi.json").json()["paths"])
    links = {url: words for url, words in page.links() if url in paths}
    assert len(paths) > 10
    assert links.keys() == {path for path in paths if "{" not in path}
    assert [path for path in paths if path not in page.text] == []
    assert {client.get(url)["Content-Type"].partition(";")[0] for url in links} == {"application/json"}
    assert page.repeated_ids() == []


@pytest.mark.parametrize(
    "words",
    [
        "limit whole number 1 to 1,000; 100 when it is left out",
        "q text up to 200 letters",
        "state list: text may be repeated",
        "status text, or null designated, aspiring, withdrawn",
        "slug text in the address",
        "updated_at date and time",
        "core_ha text, or null",
        "extension_years list: whole number",
        "names list: object name text kind text language text",
    ],
)
def test_parameters_and_fields_are_said_in_words(client: Client, words: str) -> None:
    assert words in Page(client.get("/api/docs").content.decode()).text


def test_page_needs_no_script(client: Client) -> None:
    assert Page(client.get("/api/docs").content.decode()).attributes("script") == []


def test_operations_keep_the_names_that_programs_know_them_by(client: Client) -> None:
    """Clients are generated from the description: another name of an operation would break each of them."""
    paths = client.get("/api/openapi.json").json()["paths"]
    assert [(path, methods["get"]["operationId"]) for path, methods in sorted(paths.items())] == [
        ("/api/", "opendata_api_start"),
        ("/api/documents", "opendata_api_documents"),
        ("/api/events", "opendata_api_events"),
        ("/api/geoparks", "opendata_api_geoparks"),
        ("/api/geoparks/{slug}", "opendata_api_geopark"),
        ("/api/member-states", "opendata_api_member_states"),
        ("/api/partners", "opendata_api_partners"),
        ("/api/programmes", "opendata_api_programmes"),
        ("/api/reserves", "opendata_api_reserves"),
        ("/api/reserves/{slug}", "opendata_api_reserve"),
        ("/api/trainings", "opendata_api_trainings"),
    ]
