"""An officer finds every record, by any name and by what is known of it; and nothing typed breaks a list."""

import datetime as dt
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone

from accounts.models import Person, RoleGrant
from activities.models import Session
from designated_sites.models import SiteName
from events.models import Event, EventSession
from network.models import Document, MemberState, Partner, Programme
from reserves.models import BiosphereReserve, PeriodicReview
from tests.admin.pages import address
from tests.admin.records import MAKERS
from tests.factories import (
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    MemberStateFactory,
    PartnerFactory,
    PersonFactory,
    ProgrammeFactory,
    RoleGrantFactory,
    UserFactory,
)
from tests.people import signed_in
from trainings.models import TrainingSession

pytestmark = pytest.mark.usefixtures("search_kept")


def found(client: Client, model: type[models.Model], **query: Any) -> list[str]:
    response = client.get(address(model, "changelist"), query)
    assert response.status_code == 200
    return sorted(str(record) for record in response.context["cl"].result_list)


@pytest.mark.parametrize(
    "words", ["Khuvsgul", "хөвсгөл", "Hovsgol", "HÖVSGÖL", "lake khuvsgul", "库苏古尔", "khuvsgul-lake", "  khuvsgul  "]
)
def test_reserve_is_found_by_any_name(officer_client: Client, words: str) -> None:
    site = BiosphereReserveFactory(name="Khuvsgul Lake", slug="khuvsgul-lake")
    for name in ("Хөвсгөл нуур", "Hövsgöl", "库苏古尔湖"):
        SiteName.objects.create(site=site, name=name)
    BiosphereReserveFactory(name="Bogd Khan Uul", slug="bogd")
    assert found(officer_client, BiosphereReserve, q=words) == ["Khuvsgul Lake"]


def test_partner_is_found_by_other_names_and_languages(officer_client: Client) -> None:
    PartnerFactory(name="Institute", local_name="研究所", aliases=["IBCAS"], name_ru="Институт")
    PartnerFactory(name="Ministry")
    for words in ("institute", "研究", "ibcas", "инстит"):
        assert found(officer_client, Partner, q=words) == ["Institute"]


def test_records_are_found_by_words_and_address(officer_client: Client) -> None:
    EventFactory(title="Forum at the lake", slug="forum-2023", summary="Food")
    EventFactory(title="Another", slug="another")
    DocumentFactory(title="Seville strategy")
    ProgrammeFactory(name="Sciences Decade", aliases=["IDSSD"])
    MemberStateFactory(code="MN", local_name="Монгол Улс")
    MemberStateFactory(code="JP")
    assert found(officer_client, Event, q="forum-20") == ["Forum at the lake"]
    assert found(officer_client, Event, q="lake food") == ["Forum at the lake"]
    assert found(officer_client, Document, q="strategy") == ["Seville strategy"]
    assert found(officer_client, Programme, q="idssd") == ["Sciences Decade"]
    assert found(officer_client, MemberState, q="монгол") == ["Mongolia"]
    assert found(officer_client, MemberState, q="jp") == ["Japan"]


def test_person_is_found_by_name_address_and_organisation(officer_client: Client) -> None:
    PersonFactory(name="Park", native_name="박", email="p@example.org", organisation="Seoraksan")
    for words in ("park", "박", "p@example", "seorak"):
        assert found(officer_client, Person, q=words) == ["Park"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"state": "RU"}, ["Shared"]),
        ({"state": "MN"}, ["Old", "Shared"]),
        ({"decade": "1970"}, ["Old"]),
        ({"decade": "1971"}, ["Fresh", "Old", "Shared"]),
        ({"transboundary": "true"}, ["Shared"]),
        ({"transboundary": "false"}, ["Fresh", "Old"]),
        ({"confirmed": "recently"}, ["Fresh"]),
        ({"confirmed": "long_ago"}, ["Old", "Shared"]),
        ({"confirmed": "never"}, ["Shared"]),
        ({"published__exact": "0"}, ["Old"]),
        ({"confidence__exact": "low"}, ["Shared"]),
        ({"ecosystem__exact": "tundra"}, ["Fresh"]),
        ({"status__exact": "withdrawn"}, ["Old"]),
    ],
)
def test_reserves_are_filtered(officer_client: Client, query: dict[str, str], names: list[str]) -> None:
    now = timezone.now()
    BiosphereReserveFactory(name="Shared", states=["MN", "RU"], confidence="low")
    BiosphereReserveFactory(
        name="Old",
        designation_year=1979,
        published=False,
        status="withdrawn",
        confirmed_at=now - dt.timedelta(days=366),
    )
    BiosphereReserveFactory(name="Fresh", states=["CN"], confirmed_at=now - dt.timedelta(days=364), ecosystem="tundra")
    assert found(officer_client, BiosphereReserve, **query) == names


def test_persons_are_filtered_by_a_role_they_hold_now(officer_client: Client) -> None:
    bat, past = PersonFactory(name="Bat"), PersonFactory(name="Past")
    state = MemberStateFactory(code="MN")
    RoleGrantFactory(person=bat, role=RoleGrant.Role.FOCAL_POINT, member_state=state)
    RoleGrantFactory(person=past, role=RoleGrant.Role.FOCAL_POINT, member_state=state, withdrawn_at=timezone.now())
    assert found(officer_client, Person, role="focal_point") == ["Bat"]
    assert found(officer_client, Person, user__isempty="0") == ["Oyun"]


NONSENSE: list[dict[str, str]] = [
    {"q": "x" * 10_000}, {"q": "%"}, {"q": "\\"}, {"q": "' OR 1=1"}, {"q": "_"}, {"q": "!!!"}, {"p": "99999"}, {"p": "-1"}, {"p": "x"},
    {"o": "99.-99.x"}, {"year": "x"}, {"year": "0"}, {"year": "٣"}, {"decade": "x"}, {"decade": "9" * 30}, {"state": "ZZ"}, {"state": "x" * 999}, {"confirmed": "x"},
    {"transboundary": "maybe"}, {"nonsense": "1"}, {"e": "1"}, {"all": ""}, {"_facets": "True"}, {"published__exact": "maybe"},
    {"created_at__year": "0"}, {"starts_at__year": "10000"}, {"role": "x"}, {"status__exact": "x"}, {"id__exact": "9" * 40},
]  # fmt: skip


@pytest.mark.sweep
@pytest.mark.parametrize("kind", ["reserve", "event", "document", "person", "role"])
def test_no_parameter_breaks_a_list(administrator_client: Client, kind: str) -> None:
    page = address(type(MAKERS[kind](1)), "changelist")
    answers = [administrator_client.get(page, query, follow=True).status_code for query in NONSENSE]
    assert answers == [200] * len(NONSENSE)


def autocomplete(client: Client, app: str, model: str, field: str, term: str) -> Any:
    facts = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    return client.get("/admin/autocomplete/", facts)


def test_autocomplete_finds_by_further_names(officer_client: Client) -> None:
    site = BiosphereReserveFactory(name="Khuvsgul Lake")
    SiteName.objects.create(site=site, name="Хөвсгөл")
    BiosphereReserveFactory(name="Other")
    response = autocomplete(officer_client, "activities", "activitysite", "site", "хөвсг")
    assert response.json()["results"] == [{"id": str(site.pk), "text": "Khuvsgul Lake (biosphere reserve)"}]


def test_autocomplete_of_joint_reserves_offers_shared_ones_only(officer_client: Client) -> None:
    shared = BiosphereReserveFactory(name="Shared", states=["MN", "RU"])
    BiosphereReserveFactory(name="Not shared")
    response = autocomplete(officer_client, "reserves", "biospherereserve", "joint_reserve", "")
    assert [found["text"] for found in response.json()["results"]] == [shared.name]


@pytest.mark.parametrize("who", ["focal_point", "stranger"])
def test_autocomplete_tells_nothing_to_others(who: str, request: pytest.FixtureRequest) -> None:
    client = signed_in(request.getfixturevalue(who).user)
    assert autocomplete(client, "activities", "session", "trainers", "").status_code == 302


def test_every_inline_and_form_can_autocomplete(administrator_client: Client) -> None:
    asked = [
        ("reserves", "periodicreview", "document"), ("designated_sites", "stewardship", "person"), ("geoparks", "geopark", "overlapping_reserves"),
        ("events", "event", "series"), ("events", "event", "part_of"), ("events", "event", "programmes"), ("activities", "involvement", "partner"),
        ("activities", "session", "trainers"), ("trainings", "training", "events"), ("trainings", "seatclass", "only_states"),
        ("trainings", "seatcap", "site"), ("network", "programme", "parent"), ("network", "memberstate", "mab_committee"),
        ("accounts", "person", "user"), ("accounts", "person", "care_of"), ("accounts", "rolegrant", "member_state"),
    ]  # fmt: skip
    UserFactory()
    answers = {field: autocomplete(administrator_client, *field, "a").status_code for field in asked}
    assert answers == dict.fromkeys(asked, 200)


def test_review_and_session_models_are_reached_from_their_records(officer_client: Client) -> None:
    index = officer_client.get("/admin/").context["app_list"]
    names = {model["object_name"] for app in index for model in app["models"]}
    assert {Session.__name__, EventSession.__name__, TrainingSession.__name__, PeriodicReview.__name__} & names == set()


def test_history_is_narrowed_by_words_and_not_by_names_of_tables(officer_client: Client) -> None:
    site = BiosphereReserveFactory(states=["MN"])
    page = officer_client.get("/admin/history/change/")
    text = page.content.decode()
    assert "Designated sites: designated site, member states" in text
    assert ">reserves_biospherereserve" not in text
    (only,) = (
        officer_client.get("/admin/history/change/", {"table": "reserves_biospherereserve"}).context["cl"].result_list
    )
    assert only.key == str(site.pk)
