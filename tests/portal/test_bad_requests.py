"""Any query, path, form or cookie at any public address: an answer with the reason, never a fault of ours."""

from collections import deque
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from network.models import Programme
from tests.admin.pages import address
from tests.admin.records import MAKERS
from tests.factories import (
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    PartnerFactory,
    ProgrammeFactory,
    TrainingFactory,
)

pytestmark = [pytest.mark.sweep, pytest.mark.usefixtures("no_contexts")]
LISTS = (
    "/reserves/", "/geoparks/", "/sites/", "/map/", "/compare/", "/partners/", "/documents/", "/events/", "/trainings/", "/search/",
    "/certificates/", "/reserves/export.csv", "/geoparks/export.xlsx", "/sites/export.kml", "/api/reserves", "/api/geoparks",
    "/api/ogc/collections/reserves/items",
)  # fmt: skip
# Without /livez: it answers by its path alone, before a query is looked at
PAGES = (
    "/", "/member-states/", "/programmes/", "/statistics/", "/about/", "/reserves/one/", "/geoparks/one/", "/events/one/", "/trainings/one/",
    "/events/one/register/", "/trainings/one/apply/", "/programmes/one/ask/", "/me/", "/accounts/login/", "/accounts/signup/",
    "/accounts/password/reset/", "/accounts/login/code/", "/ja/events/", "/admin/login/", "/reserves/export.geojson", "/geoparks/export.kml",
    "/sites/export.csv", "/events/one.ics", "/trainings/one.ics", "/calendar.ics", "/feed.atom", "/sitemap.xml", "/robots.txt",
    "/api/", "/api/member-states", "/api/openapi.json", "/api/ogc/", "/api/ogc/conformance", "/api/ogc/collections",
    "/api/ogc/collections/reserves", "/api/ogc/collections/geoparks/items", "/api/ogc/collections/reserves/items/one",
)  # fmt: skip
NAMES = ("q", "kind", "state", "status", "ecosystem", "designation", "transboundary", "year", "year_min", "year_max", "format", "series", "sort",
         "site", "number", "limit", "offset", "bbox", "language", "area_min", "area_max", "designations", "transition", "confirmed")  # fmt: skip
VALUES = (
    "",
    "-1",
    "9" * 400,
    "1e999",
    "NaN",
    "١",
    "'",
    "\\",
    "%",
    "\u202e",
    "\U0010ffff",
    "nan,nan,nan,nan",
    "180,90,-180,-90",
    "x" * 500,
)
NUMBERS = ("0", "-1", "2", "9" * 400, "1.5", "١", "last", "x" * 10_000)  # of pages
# Broken percent-encoding, bytes that are no text, NUL bytes, ten kilobytes.
RAW = (
    "%zz=%&q=%z",
    "q=%ff%fe&state=%C0%AF",
    "page=%ED%A0%80",
    "\xff\xfe",
    "&&&=&=;?",
    "q[]=1",
    "x" * 10_000,
    "q=" + "%C3%A9" * 1_700,
    "q=1&" * 2_500,
)
REFUSED = {400, 404, 405, 422, 429}
ANSWERED = {200, 301, 302, *REFUSED}


@pytest.fixture
def records(db: None) -> None:
    """One of every kind, so that a query has something to find."""
    for factory in (BiosphereReserveFactory, GeoparkFactory, EventFactory, TrainingFactory, PartnerFactory):
        factory(slug="one", states=["MN"])
    ProgrammeFactory(slug="one", kind=Programme.Kind.OFFER)
    DocumentFactory(slug="one", year=2020)


@pytest.fixture
def visitor() -> Client:
    """Sees the page of a fault, as a visitor would, instead of its exception."""
    return Client(raise_request_exception=False)


def not_answered(client: Client, path: str, queries: Iterable[str]) -> dict[str, int]:
    answers = {}
    for query in queries:
        response = client.get(path, QUERY_STRING=query)
        if response.streaming:
            deque(response.streaming_content, maxlen=0)
        if response.status_code not in ANSWERED:
            answers[query[:60]] = response.status_code
    return answers


@pytest.mark.parametrize("path", LISTS)
def test_any_query_of_a_list_is_answered(records: None, visitor: Client, path: str) -> None:
    """Each value for every parameter at once, and a few parameters with a wrong value beside a right one."""
    everywhere = (urlencode(dict.fromkeys(NAMES, value)) for value in VALUES)
    some = (urlencode({"q": "one"} | dict.fromkeys(NAMES[n::5], "'")) for n in range(5))
    pages = (urlencode({"page": number}) for number in NUMBERS)
    assert not_answered(visitor, path, [*everywhere, *some, *pages, *RAW]) == {}


@pytest.mark.parametrize("path", PAGES)
def test_any_query_of_a_page_is_answered(records: None, visitor: Client, path: str) -> None:
    everywhere = urlencode(dict.fromkeys((*NAMES, "page", "next"), "'"))
    assert not_answered(visitor, path, [everywhere, RAW[0], RAW[1], RAW[6]]) == {}


def test_nul_byte_in_a_query_is_not_found(db: None, visitor: Client) -> None:
    queries = ("q=%00", "x=a%00b", "\x00")
    found = {
        (path, query): status
        for path in (*LISTS, *PAGES)
        for query in queries
        if (status := visitor.get(path, QUERY_STRING=query).status_code) != 404
    }
    assert found == {}


PLACES = ("/{}", "/{}/", "/reserves/{}/", "/geoparks/{}/", "/member-states/{}/", "/partners/{}/", "/programmes/{}/", "/programmes/{}/ask/",
          "/documents/{}/", "/events/{}/", "/events/{}/register/", "/events/{}.ics", "/trainings/{}/", "/trainings/{}/apply/",
          "/trainings/{}.ics", "/reserves/export.{}", "/sites/export.{}", "/certificates/{}/", "/join/{}/", "/media/documents/{}",
          "/media/photos/{}.jpg", "/api/{}", "/api/ogc/collections/{}", "/api/ogc/collections/{}/items",
          "/api/ogc/collections/reserves/items/{}", "/ja/{}/", "/static/{}", "/accounts/{}/")  # fmt: skip
PARTS = (
    "%00",
    "a%00b",
    "%",
    "%zz",
    "%ff%fe",
    "%ED%A0%80",
    "%2e%2e",
    "%2F",
    "%0d%0a",
    "..",
    "9" * 300,
    "%E2%80%AE",
    "'",
    "x" * 10_000,
)


@pytest.mark.parametrize("place", PLACES)
def test_any_address_is_not_found(db: None, visitor: Client, place: str) -> None:
    answers = {part[:20]: visitor.get(place.format(part)).status_code for part in PARTS}
    assert {part: status for part, status in answers.items() if status not in {301, 302, *REFUSED}} == {}


FORMS = {
    "/accounts/login/": ("login", "password", "next", "remember"),
    "/accounts/signup/": ("email", "password1", "password2", "next"),
    "/accounts/signup/passkey/": ("email", "next"),
    "/accounts/2fa/webauthn/signup/": ("name", "credential"),
    "/accounts/password/reset/": ("email",),
    "/accounts/login/code/": ("email", "next"),
    "/accounts/login/code/confirm/": ("code",),
    "/accounts/confirm-email/": ("code",),
    "/accounts/2fa/authenticate/": ("code",),
    "/accounts/2fa/webauthn/login/": ("credential",),
    "/admin/login/": ("username", "password", "next"),
    "/programmes/one/ask/": ("name", "email", "organisation", "member_state", "message"),
    "/certificates/": ("number",),
}
TYPED = (
    "\x00",
    "a\x00@example.org",
    "x" * 10_000,
    "\ud800",
    "'",
    "<b>",
    "{",
    "[1]",
    "null",
    "٣",
    "\U0010ffff",
    "//evil.example",
)


def body(fields: tuple[str, ...], value: str) -> bytes:
    return "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name in fields).encode()


@pytest.mark.parametrize("path", FORMS)
def test_anything_typed_into_a_form_is_answered(records: None, visitor: Client, path: str) -> None:
    kind = "application/x-www-form-urlencoded"
    bodies = [
        *(body(FORMS[path], value) for value in TYPED),
        b"%",
        b"%00=%00",
        b"\x00\xff",
        b"&" * 10_000,
        b"a=1&" * 1_100,
    ]
    answers = {sent[:40]: visitor.post(path, sent, content_type=kind).status_code for sent in bodies}
    multipart = "multipart/form-data; boundary=x"
    for sent in (
        b"",
        b"--x\r\n",
        b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n\x00\r\n--x--\r\n',
        b"\xff" * 10_000,
    ):
        answers[sent[:40]] = visitor.post(path, sent, content_type=multipart).status_code
    answers[b"json"] = visitor.post(path, b'{"a": ', content_type="application/json").status_code
    assert {sent: status for sent, status in answers.items() if status not in ANSWERED} == {}  # fmt: skip


COOKIES = (
    "sessionid=x", 'sessionid="aaaaaaaaaaaa\\000"', "sessionid=" + "a" * 10_000, "sessionid=aaaaaaaa bbbb", "sessionid=ééééééééé",
    'csrftoken="\\000"', "csrftoken=" + "a" * 10_000, 'django_language="\\000"', "django_language=" + "x" * 600, "messages=x",
    'messages="\\000:x:y"', ";;;=;", "=", "\x00", "a=" + "b" * 10_000,
)  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/", "/reserves/", "/events/one/", "/me/", "/accounts/login/", "/programmes/one/ask/", "/admin/", "/api/reserves"],
)
def test_any_cookie_is_answered(records: None, visitor: Client, path: str) -> None:
    answers = {cookie[:40]: visitor.get(path, headers={"cookie": cookie}).status_code for cookie in COOKIES}
    assert {cookie: status for cookie, status in answers.items() if status not in {200, 302}} == {}


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_any_query_of_an_officers_list_is_answered(administrator_client: Client, kind: str) -> None:
    administrator_client.raise_request_exception = False
    record = MAKERS[kind](1)
    page = address(type(record), "changelist")
    queries = [
        "q=%00",
        "q=%ff",
        "%zz",
        "p=9999999999999",
        f"q={'x' * 10_000}",
        "id__exact=x",
        "o=-99",
        "state=%27&year=x&decade=x",
    ]
    assert not_answered(administrator_client, page, queries) == {}
    changes = [page + f"{part}/change/" for part in ("x", "9" * 40, "-1", "_00", "%00", "%ff")]
    assert {administrator_client.get(change).status_code for change in changes} <= {302, 404}
    chosen: dict[str, Any] = {"action": "delete_selected", "_selected_action": [str(record.pk)], "index": "x"}
    assert administrator_client.post(page, chosen).status_code in {200, 302, 403}
