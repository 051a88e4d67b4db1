"""Whatever a visitor types into an address: the form's error, a page not found, or a list. Never a fault of ours."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import BiosphereReserveFactory, GeoparkFactory, MemberStateFactory

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]

PAGES = ["/reserves/", "/geoparks/", "/sites/", "/map/", "/compare/"]
EXPORTS = [f"/{kind}/export.{ending}" for kind in ("reserves", "geoparks", "sites") for ending in ("csv", "geojson", "kml")]  # fmt: skip
PARAMETERS = [
    "q", "kind", "state", "ecosystem", "designation", "status", "year_min", "year_max", "transboundary", "sort", "page",
    "site", "other",
]  # fmt: skip
ODD = [
    "", " ", "0", "-1", "1", "2", "999999999999999999999", "１９９７", "٣", "1e5", "NaN", "inf", "1997.0", "0x10", "true",
    "false", "TRUE", "null", "None", "'", '"', "\\", "%", "_", "%%", "<script>", "'; DROP TABLE x; --", "\u202e", "\ufffd",
    "\U0001f30b", "白山", "Хөвсгөл", "a" * 300, "MN", "mn", "XX", "mountain", "ramsar", "designated", "name", "newest",
    "reserve", "reserve:one", "geopark:one", "reserve:", ":", "reserve:one:two", "last",
]  # fmt: skip

values = st.sampled_from(ODD) | st.text(max_size=40).filter(lambda text: "\x00" not in text)
queries = st.lists(st.tuples(st.sampled_from(PARAMETERS), values), max_size=8)


@pytest.fixture
def sites() -> None:
    BiosphereReserveFactory(slug="one", states=["MN"])
    GeoparkFactory(slug="one", states=["MN"])


@given(page=st.sampled_from(PAGES), query=queries)
@settings(max_examples=100)
def test_any_query_of_a_page_is_answered(sites: None, page: str, query: list[tuple[str, str]]) -> None:
    address = f"{page}?{urlencode(query, errors='surrogatepass')}"
    response = Client().get(address)
    assert response.status_code in {200, 404}
    if response.status_code == 404:
        assert page != "/map/"
        assert "page" in dict(query)


@given(export=st.sampled_from(EXPORTS), query=queries)
@settings(max_examples=60)
def test_any_query_of_a_download_is_answered(sites: None, export: str, query: list[tuple[str, str]]) -> None:
    response = Client().get(f"{export}?{urlencode(query, errors='surrogatepass')}")
    assert response.status_code in {200, 400}
    if response.status_code == 200:
        assert b"".join(response.streaming_content) != b""  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", [*PAGES, *EXPORTS])
@pytest.mark.parametrize("raw", ["%", "%zz", "q=%ff%fe", "q=%C0%AF", "state=%ED%A0%80", "&&&&", "=&=", "q[]=1", ";;;"])
def test_broken_encoding_is_answered(client: Client, sites: None, address: str, raw: str) -> None:
    response = client.get(f"{address}?{raw}")
    assert response.status_code in ({200, 400} if "export" in address else {200})


@pytest.mark.parametrize("address", [*PAGES, *EXPORTS])
def test_nul_byte_is_not_found(client: Client, sites: None, address: str) -> None:
    assert client.get(f"{address}?q=%00").status_code == 404


@pytest.mark.parametrize("address", [*PAGES, *EXPORTS])
def test_very_long_query_is_answered(client: Client, sites: None, address: str) -> None:
    wrong = 400 if "export" in address else 200
    assert client.get(address, {"q": "x" * 10_000, "site": "x" * 10_000}).status_code == wrong
    assert client.get(f"{address}?{'state=MN&' * 900}").status_code == 200
    assert client.get(f"{address}?{'state=MN&' * 1100}").status_code == 400  # Django counts parameters


@pytest.mark.parametrize("slug", ["Jeju", "a" * 500, "jeju island", "長白山", "..", "%00", "-", "1"])
@pytest.mark.parametrize("kind", ["reserves", "geoparks"])
def test_unknown_site_is_not_found(client: Client, kind: str, slug: str) -> None:
    MemberStateFactory()
    assert client.get(f"/{kind}/{slug}/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/reserves/", "/reserves/one/", "/geoparks/one/", "/sites/", "/map/", "/compare/", *EXPORTS]
)
def test_only_reading_is_allowed(client: Client, sites: None, address: str) -> None:
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200
