"""Pages of single sites: old addresses, hidden records, what is not known said in words."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from activities.models import ActivitySite
from designated_sites.models import SiteRedirect
from tests.factories import BiosphereReserveFactory, DocumentFactory, EventFactory, GeoparkFactory, TrainingFactory

pytestmark = pytest.mark.django_db

KINDS = [("reserve", BiosphereReserveFactory), ("geopark", GeoparkFactory)]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(("kind", "factory"), KINDS)
def test_site_that_is_not_published_does_not_exist(client: Client, kind: str, factory: type) -> None:
    factory(slug="hidden", published=False)
    factory(slug="shown")
    assert client.get(f"/{kind}s/hidden/").status_code == 404
    assert client.get(f"/{kind}s/shown/").status_code == 200


@pytest.mark.parametrize(("kind", "factory"), KINDS)
def test_old_address_leads_to_the_present_one(client: Client, kind: str, factory: type) -> None:
    site = factory(slug="now")
    for old in ("oldest", "old"):
        SiteRedirect.objects.create(site=site, old_slug=old)
    response = client.get(f"/{kind}s/oldest/")
    assert (response.status_code, response["Location"]) == (301, f"/{kind}s/now/")


@pytest.mark.parametrize(("kind", "factory"), KINDS)
def test_old_address_of_the_other_kind_leads_nowhere(client: Client, kind: str, factory: type) -> None:
    factory(slug="now")
    other = GeoparkFactory if kind == "reserve" else BiosphereReserveFactory
    SiteRedirect.objects.create(site=other(slug="now"), old_slug="old")
    assert client.get(f"/{kind}s/old/").status_code == 404


def test_old_address_of_a_hidden_site_does_not_give_it_away(client: Client) -> None:
    SiteRedirect.objects.create(site=BiosphereReserveFactory(slug="now", published=False), old_slug="old")
    assert client.get("/reserves/old/").status_code == 404


def test_old_address_goes_with_its_site(client: Client) -> None:
    site = BiosphereReserveFactory()
    SiteRedirect.objects.create(site=site, old_slug="a")
    site.delete()
    assert client.get("/reserves/a/").status_code == 404


def test_present_address_wins_over_an_old_one(client: Client) -> None:
    BiosphereReserveFactory(slug="a")
    SiteRedirect.objects.create(site=BiosphereReserveFactory(slug="b"), old_slug="a")
    assert client.get("/reserves/a/").status_code == 200


@pytest.mark.parametrize(("kind", "factory"), KINDS)
def test_site_of_which_little_is_known_says_so(client: Client, kind: str, factory: type) -> None:
    factory(slug="bare", name="Bare", states=["MN"])
    text = page(client, f"/{kind}s/bare/")
    for words in (
        "<title>Bare · EABRN</title>",
        "<dt>Area</dt><dd>Not known",
        "<dt>Region</dt><dd>Not known",
        '<dt>Point on the map</dt><dd>Not known<span class="from">No point is recorded for this site.</span>',
        "<dt>Confirmed</dt><dd>Not yet",
        "No source is recorded.",
        '<dt>Member state</dt><dd><a href="/member-states/MN/">Mongolia</a></dd>',
    ):
        assert words in text


@pytest.mark.parametrize(("kind", "factory"), KINDS)
def test_site_with_its_facts(client: Client, kind: str, factory: type) -> None:
    site = factory(
        slug="full", name="Full", states=["MN", "RU"], latitude=Decimal("33.38"), longitude=Decimal("126.55"),
        accuracy_km=20, admin_region="Uvs", summary="A lake.", website="https://example.org/lake", confidence="low",
        confirmed_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC), sources=["https://example.org/source", "A book"],
        other_designations=["ramsar", "world_heritage"],
    )  # fmt: skip
    site.names.create(name="Увс нуур", kind="local", language="mn")
    site.names.create(name="Ubsu-Nur", kind="former")
    text = page(client, f"/{kind}s/full/")
    for words in (
        '<li lang="mn">Увс нуур</li>',
        "Former name: Ubsu-Nur",
        "<dt>Member states</dt>",
        "33°23′ N, 126°33′ E",
        "One representative point, not a boundary. It may be up to 20 km off.",
        "<dt>Sourced by</dt><dd>Designation: others · Point on the map: others",
        "<dt>Confirmed</dt><dd>1 March 2026",
        'href="https://example.org/source"',
        "<li>A book</li>",
        f'href="/compare/?site={kind}:full"',
    ):
        assert words in text
    assert text.index("World Heritage") < text.index("Ramsar site")
    assert 'class="locator"' in text


def test_person_who_confirmed_is_not_named(client: Client, steward: object) -> None:
    site = steward.stewardships.get().site  # type: ignore[attr-defined]
    type(site).objects.filter(pk=site.pk).update(confirmed_by=steward, confirmed_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))  # fmt: skip
    text = page(client, site.get_absolute_url())
    assert "1 March 2026" in text
    assert "Saruul" not in text


def test_photo_stands_with_credit_licence_and_description(client: Client) -> None:
    site = BiosphereReserveFactory(slug="photo", latitude=Decimal(50), longitude=Decimal(93))
    site.photos.create(
        image="photos/" + "a" * 32 + ".jpg", alt="Herd at the lake", credit="B. Bold", licence="CC BY 4.0",
        width=1600, height=900, widths=[480, 960, 1600],
    )  # fmt: skip
    text = page(client, "/reserves/photo/")
    assert 'alt="Herd at the lake"' in text
    assert "Photo: B. Bold, CC BY 4.0" in text
    assert text.count('class="locator"') == 1  # the map gives way, and stands further down
    assert '<a href="#pictures">Pictures and map</a>' in text


def test_aspiring_geopark_is_marked_as_not_designated(client: Client) -> None:
    GeoparkFactory(slug="hopeful", status="aspiring", designation_year=None)
    text = page(client, "/geoparks/hopeful/")
    assert "Aspiring, not designated" in text
    assert "It is not counted among the designated sites." in text
    assert "since " not in text.split("<h1>")[0].split('class="eyebrow"')[1]


@pytest.mark.parametrize(("kind", "factory"), KINDS)
def test_sections_named_at_the_top_are_there(client: Client, kind: str, factory: type) -> None:
    factory(slug="here", other_designations=["ramsar"])
    response = client.get(f"/{kind}s/here/")
    ends = ["sources", "history", "cite"]
    anchors = [anchor.key for anchor in response.context["contents"]]
    text = response.content.decode()
    assert anchors == ["facts", *(["zones"] if kind == "reserve" else []), "designations", *ends]
    assert [text.count(f'<section class="section" id="{anchor}"') for anchor in anchors] == [1] * len(anchors)


@pytest.mark.parametrize(("kind", "factory"), KINDS)
def test_site_page_takes_the_same_queries_however_much_it_shows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, kind: str, factory: type
) -> None:
    site = factory(slug="here", states=["MN"], latitude=Decimal(50), longitude=Decimal(93))
    pinned = 14 if kind == "reserve" else 13
    with django_assert_num_queries(pinned):
        client.get(f"/{kind}s/here/")
    for number in range(3):
        site.names.create(name=f"Name {number}")
        other = (GeoparkFactory if kind == "reserve" else BiosphereReserveFactory)(
            states=["MN", "RU"], latitude=Decimal(50), longitude=Decimal(94)
        )
        factory(latitude=Decimal(50), longitude=Decimal(94))
        event = EventFactory()
        event.documents.add(DocumentFactory())
        ActivitySite.objects.create(site=site, activity=event)
        if kind == "reserve":
            other.overlapping_reserves.add(site)
            BiosphereReserveFactory(joint_reserve=site, latitude=Decimal(50), longitude=Decimal(94))
        else:
            site.overlapping_reserves.add(other)
    with django_assert_num_queries(
        pinned + 4
    ):  # names of the overlapping sites, events, how it stands with them, documents, each in one
        client.get(f"/{kind}s/here/")


@pytest.mark.parametrize(("kind", "factory"), KINDS)
def test_documents_of_what_took_place_here_stand_once(client: Client, kind: str, factory: type) -> None:
    site = factory(slug="here")
    report, hidden, other = DocumentFactory(title="Report"), DocumentFactory(published=False), DocumentFactory()
    event, training = EventFactory(), TrainingFactory()
    for activity in (event, training):
        activity.documents.add(report, hidden)
        ActivitySite.objects.create(site=site, activity=activity)
    EventFactory().documents.add(other)
    draft = EventFactory(status="draft")
    draft.documents.add(other)
    ActivitySite.objects.create(site=site, activity=draft)
    panels = client.get(f"/{kind}s/here/").context["panels"]
    documents = next(panel for panel in panels if panel.key == "documents")
    assert documents.context["documents"] == [report]


def test_site_without_documents_has_no_such_section(client: Client) -> None:
    BiosphereReserveFactory(slug="here")
    assert 'id="documents"' not in client.get("/reserves/here/").content.decode()


@pytest.mark.parametrize(("kind", "factory"), KINDS)
def test_cache_that_is_down_breaks_no_page(
    client: Client, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str, factory: type
) -> None:
    nowhere = f"unix://{tmp_path}/redis.sock"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}}
    factory(slug="here", latitude=Decimal(50), longitude=Decimal(93))
    factory(slug="near", name="Near", latitude=Decimal(50), longitude=Decimal(94))
    text = page(client, f"/{kind}s/here/")
    assert f'<a href="/{kind}s/near/">Near</a>' in text.split('id="nearby"')[1]
    assert "Nothing cached of site-page" in caplog.text
