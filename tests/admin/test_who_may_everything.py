"""Who may do what with which record by which way: one table; what does not stand in it is denied to everybody."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import URLPattern, reverse
from django.urls.resolvers import RoutePattern

from accounts.models import Person, RoleRequest
from record_import.models import SheetUpload
from tests.admin.pages import address
from tests.admin.records import EVERY
from tests.factories import (
    ApplicationFactory,
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    PartnerFactory,
    PersonFactory,
    TrainingFactory,
    UserFactory,
)
from tests.people import give_second_factor, signed_in

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
OUTSIDE = ("anonymous", "stranger", "trainer", "steward", "focal_point")
INSIDE = ("nobody_yet", "officer", "administrator")
WAYS = ("list", "add", "open", "save", "delete", "history", "export", "template", "import")
READ, ALL = "list open history", "list add open save delete history"
RECORD = f"{ALL} export template import"
# What officers may; administrators may the same unless ADMINISTRATORS says more. Whoever is not named here may nothing.
OFFICERS = {
    "member_state": RECORD, "partner": RECORD, "programme": RECORD, "document": RECORD, "reserve": RECORD, "geopark": RECORD,
    "series": RECORD, "event": RECORD, "training": RECORD,
    "call_form": "list open save history",
    "person": "list add open save history", "user": READ, "role": "list add open save history", "role_request": READ,
    "registration": READ, "application": "list open save history", "certificate": READ, "donor_report": "list add open history",
    "session_of_event": "list open save history", "session_of_training": "list open save history",
    "request_for_offer": "list open save history", "redirect": ALL, "reserve_proposal": READ, "geopark_proposal": READ,
    "survey": ALL, "advance_question": "list open save history",
    "attendance_match": "list open save history", "training_attendance_match": "list open save history",
    "attendance_list": "list open save delete history", "training_attendance_list": "list open save delete history", "attendance_correction": READ, "training_attendance_correction": READ,
    "calendar_address": READ, "change": READ, "deleted_record": READ, "page_text": ALL, "audit_entry": READ, "purge_run": READ,
    "mailing": READ, "mail": "list open save history", "mail_address": "list open save history", "announcement": ALL, "authenticator": "",
}  # fmt: skip
# Persons and accounts are erased on a page of their own, by nobody in the way of other records.
ADMINISTRATORS = {"user": "list add open save history", "authenticator": f"{READ} delete"}
MAY = {"nobody_yet": dict.fromkeys(OFFICERS, ""), "officer": OFFICERS, "administrator": OFFICERS | ADMINISTRATORS}


@pytest.fixture
def client_of(request: pytest.FixtureRequest) -> Any:
    """A browser of somebody, by name; `nobody_yet` is of the staff and holds no role."""

    def make(who: str) -> Client:
        if who == "anonymous":
            return Client()
        if who in ("officer", "administrator"):
            return request.getfixturevalue(f"{who}_client")  # type: ignore[no-any-return]
        if who == "nobody_yet":
            user = UserFactory(is_staff=True)
            give_second_factor(user)
            return signed_in(user)
        return signed_in(request.getfixturevalue(who).user)

    return make


def answers(client: Client, record: models.Model) -> dict[str, Any]:
    """What each way to a record answers; those that would change it are tried with nothing typed."""
    model, label, pk = type(record), record._meta.label_lower, record.pk
    return {
        "list": client.get(address(model, "changelist")),
        "add": client.get(address(model, "add")),
        "open": client.get(address(model, "change", pk)),
        "history": client.get(address(model, "history", pk)),
        "delete": client.get(address(model, "delete", pk)),
        "export": client.get(reverse("admin:sheet_export", args=[label, "csv"])),
        "template": client.get(reverse("admin:sheet_template", args=[label, "csv"])),
        "import": client.get(reverse("admin:sheet_import", args=[label])),
        "save": client.post(address(model, "change", pk), {}),
    }


@pytest.mark.parametrize("kind", EVERY)
def test_staff_may_what_the_table_says(client_of: Any, kind: str) -> None:
    record = EVERY[kind](1)
    for who in INSIDE:
        found = {way: response.status_code for way, response in answers(client_of(who), record).items()}
        assert (who, {way for way, status in found.items() if status in (200, 302)}) == (
            who,
            set(MAY[who][kind].split()),
        )
        assert {status for status in found.values() if status not in (200, 302)} <= {403, 404}, who
        assert type(record)._base_manager.filter(pk=record.pk).exists()


def test_nobody_else_comes_in_by_any_way(client_of: Any) -> None:
    """Whoever is not of the staff is led to the same door by one check before any page of the admin. That each page is
    behind it, one who is signed in and one who is not find out; that it holds for the others too, they do at one record."""
    records = {kind: EVERY[kind](1) for kind in EVERY}
    for who in OUTSIDE:
        client = client_of(who)
        tried_at = records if who in ("anonymous", "focal_point") else {"reserve": records["reserve"]}
        for kind, record in tried_at.items():
            for way, response in answers(client, record).items():
                assert (who, kind, way, response.status_code) == (who, kind, way, 302)
                assert response["Location"].startswith("/admin/login/"), (who, kind, way)


def test_table_names_every_list_of_the_admin() -> None:
    assert set(OFFICERS) == set(EVERY)
    made = {type(EVERY[kind](1)) for kind in EVERY}
    assert {model.__name__ for model in set(admin.site._registry) - made} == {"SheetUpload", "DesignatedSite"}


# Acts with pages of their own --------------------------------------------------------------------------------------
STANDARD = ("changelist", "add", "history", "delete", "change")
FIXED = {"label": "reserves.biospherereserve", "ending": "csv", "kind": "csv", "number": 1, "column": "name"}


def act_pages() -> Iterator[tuple[type[models.Model], URLPattern]]:
    """Every address of a record's admin beyond those of Django, found in the admin itself."""
    for model, owner in admin.site._registry.items():
        standard = {f"{model._meta.app_label}_{model._meta.model_name}_{page}" for page in STANDARD}
        for pattern in owner.get_urls():
            if isinstance(pattern, URLPattern) and pattern.name and pattern.name not in standard:
                yield model, pattern


def address_of(pattern: URLPattern, pk: Any) -> str:
    values = {name: FIXED.get(name) or pk for name in pattern.pattern.converters}
    if isinstance(pattern.pattern, RoutePattern) or values:
        return reverse(f"admin:{pattern.name}", kwargs=values)
    return reverse(f"admin:{pattern.name}")


def tried(client: Client, made: dict[type[models.Model], Any]) -> dict[str, set[int]]:
    """What the acts of the admin answer when they are opened and when they are sent with nothing typed."""
    found: dict[str, set[int]] = {}
    for model, pattern in act_pages():
        page = address_of(pattern, made[model].pk)
        found[page] = {client.get(page).status_code, client.post(page, {}).status_code}
    return found


@pytest.fixture
def made() -> dict[type[models.Model], Any]:
    """A record of every kind."""
    records = [EVERY[kind](1) for kind in EVERY]
    return {type(record): record for record in records} | {SheetUpload: SheetUpload(pk=1)}


@pytest.mark.parametrize("who", ["anonymous", "focal_point", "nobody_yet"])
def test_acts_are_open_to_officers_alone(client_of: Any, made: dict[type[models.Model], Any], who: str) -> None:
    found = tried(client_of(who), made)
    assert len(found) > 50
    allowed = {403, 404, 405} if who == "nobody_yet" else {302}
    assert {page: seen for page, seen in found.items() if seen - allowed} == {}


# The public addresses for machines ------------------------------------------------------------------------------
API = {
    "reserves": BiosphereReserveFactory, "geoparks": GeoparkFactory, "events": EventFactory, "trainings": TrainingFactory,
    "documents": DocumentFactory, "partners": PartnerFactory,
}  # fmt: skip
WITH_DETAIL = ("reserves", "geoparks")
HIDDEN = ("people", "persons", "users", "applications", "registrations", "proposals", "certificates", "mails", "audit")


@pytest.mark.parametrize("who", [*OUTSIDE, "officer", "administrator"])
def test_api_shows_everybody_the_same_and_nothing_hidden(client_of: Any, who: str) -> None:
    client = client_of(who)
    for name, factory in API.items():
        shown, hidden = factory(), factory(published=False)
        page = client.get(f"/api/{name}")
        slugs = {entry["slug"] for entry in page.json()["items"]}
        assert (page.status_code, shown.slug in slugs, hidden.slug in slugs) == (200, True, False), name
        if name in WITH_DETAIL:
            details = [client.get(f"/api/{name}/{one.slug}").status_code for one in (shown, hidden)]
            assert (name, details) == (name, [200, 404])
    assert {name: client.get(f"/api/{name}").status_code for name in HIDDEN} == dict.fromkeys(HIDDEN, 404)


# Pages of one's own -----------------------------------------------------------------------------------------------
def pages_of(state: str, site: Any) -> dict[str, str]:
    """Pages about a site, a person, a request and an application of a member state."""
    person = PersonFactory(member_state_id=state)
    asked = RoleRequest.objects.create(
        person=PersonFactory(member_state_id=state), role="steward", site_id=site.pk, state_codes=[state]
    )  # fmt: skip
    return {
        "propose": reverse("me-sites-propose", args=["reserve", site.slug]),
        "confirm": reverse("me-sites-confirm", args=["reserve", site.slug]),
        "review": reverse("me-review", args=["reserve", site.pk]),
        "person": reverse("me-person", args=[person.pk]),
        "edit": reverse("me-person-edit", args=[person.pk]),
        "request": reverse("me-request", args=[asked.pk]),
    }


SITE = {"propose", "confirm", "review"}
OFFICERS_OWN = {"review", "person", "request"}  # sites and persons are edited in the admin
# Which pages open: of the own site or state, of another one.
OWN_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "anonymous": (set(), set()), "stranger": (set(), set()), "trainer": (set(), set()),
    "steward": (SITE, set()),
    "focal_point": ({*SITE, "person", "edit", "request"}, set()),
    "other_focal_point": (set(), {*SITE, "person", "edit", "request"}),
    "officer": (OFFICERS_OWN, OFFICERS_OWN),
}  # fmt: skip


@pytest.mark.parametrize("who", OWN_PAGES)
def test_pages_of_ones_own_keep_to_the_same_scope(
    client_of: Any, steward: Person, focal_point: Person, other_focal_point: Person, who: str
) -> None:
    mongolian = pages_of("MN", steward.stewardships.get().site)
    russian = pages_of("RU", BiosphereReserveFactory(states=["RU"]))
    client = client_of(who)

    def opening(pages: dict[str, str]) -> set[str]:
        found = {name: client.get(page).status_code for name, page in pages.items()}
        assert set(found.values()) <= {200, 302 if who == "anonymous" else 404}, found
        return {name for name, status in found.items() if status == 200}

    assert (opening(mongolian), opening(russian)) == OWN_PAGES[who]


@pytest.mark.parametrize(
    ("who", "seen"),
    [("steward", None), ("focal_point", {"MN"}), ("other_focal_point", {"RU"}), ("officer", {"MN", "RU"}), ("stranger", None)],
)  # fmt: skip
def test_applications_are_seen_by_those_who_answer_for_the_state(
    client_of: Any, focal_point: Person, other_focal_point: Person, who: str, seen: set[str] | None
) -> None:
    training = TrainingFactory()
    made = {
        code: ApplicationFactory(
            training=training, member_state_id=code, state="submitted", submitted_at=training.starts_at
        )
        for code in ("MN", "RU")
    }
    page = client_of(who).get(reverse("me-applications-of-state", args=[training.slug]))
    if seen is None:
        assert page.status_code == 404
        return
    html = page.content.decode()
    assert {code for code, one in made.items() if one.reference in html} == seen
