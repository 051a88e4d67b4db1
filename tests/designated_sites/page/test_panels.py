"""Sites on the page of a member state."""

import pytest
from django.test import Client

from records.listing.panels import panels_of
from tests.factories import BiosphereReserveFactory, GeoparkFactory, MemberStateFactory

pytestmark = pytest.mark.django_db


def test_state_lists_its_sites_shared_ones_too(client: Client) -> None:
    BiosphereReserveFactory(slug="own", name="Own", states=["MN"])
    BiosphereReserveFactory(slug="shared", name="Shared", states=["MN", "RU"])
    BiosphereReserveFactory(name="Foreign", states=["RU"])
    BiosphereReserveFactory(name="Hidden", states=["MN"], published=False)
    GeoparkFactory(slug="rocks", name="Rocks", states=["MN"])
    GeoparkFactory(slug="hope", name="Hope", states=["MN"], status="aspiring", designation_year=None)
    response = client.get("/member-states/MN/")
    panels = {panel.key: panel for panel in response.context["panels"]}
    assert {key: [entry.site.slug for entry in panels[key].context["sites"]] for key in ("reserves", "geoparks")} == {
        "reserves": ["own", "shared"],
        "geoparks": ["hope", "rocks"],
    }
    assert panels["reserves"].note == "2 biosphere reserves"
    assert panels["geoparks"].note == "1 designated and 1 aspiring geoparks"
    text = response.content.decode()
    assert 'href="/reserves/?state=MN"' in text
    assert 'href="/geoparks/?state=MN"' in text


def test_state_without_sites_has_no_panels_of_them(db: None) -> None:
    BiosphereReserveFactory(states=["RU"])
    assert [
        panel.key for panel in panels_of(MemberStateFactory(code="MN")) if panel.key in {"reserves", "geoparks"}
    ] == []
