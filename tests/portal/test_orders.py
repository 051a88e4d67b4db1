"""Records that are equal in what a list is ordered by stand by something that is read, never by which was written first."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F, Model
from django.db.models.expressions import OrderBy
from django.test import Client

from activities.pages.filters import ORDERS as ACTIVITIES
from designated_sites.listing.filters import ORDERS as SITES
from network.filters import DocumentFilterSet, PartnerFilterSet
from records.models import Record
from tests.factories import (
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    PartnerFactory,
    ProgrammeFactory,
    TrainingFactory,
)

COMING = dt.datetime(2035, 5, 4, tzinfo=dt.UTC)
RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]


def columns(order: Any) -> list[str]:
    """The names of what an order goes by; an expression of its own has none."""
    parts = [part.expression if isinstance(part, OrderBy) else part for part in order]
    return [part.name if isinstance(part, F) else part.lstrip("-") for part in parts if isinstance(part, F | str)]


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_no_record_is_ordered_by_its_number(model: type[Model]) -> None:
    names = columns(model._meta.ordering)
    assert names
    assert not {"pk", "id", model._meta.pk.name} & set(names)


def test_no_order_that_a_reader_chooses_ends_with_a_number() -> None:
    chosen = [filters.base_filters["sort"].orders for filters in (PartnerFilterSet, DocumentFilterSet)]
    orders = [order for named in (SITES, ACTIVITIES, *chosen) for order in named.values()]
    assert len(orders) == 12
    assert {columns(order)[-1] for order in orders} == {
        "slug",
        "site_type",
    }  # the type, where two of them share an address


LISTS: list[tuple[str, Callable[..., object], dict[str, object]]] = [
    *(("/reserves/" + sort, BiosphereReserveFactory, {"name": "Alike", "designation_year": 2001, "area_ha": 5})
      for sort in ("", "?sort=newest", "?sort=largest")),
    ("/geoparks/?sort=newest", GeoparkFactory, {"name": "Alike", "designation_year": 2001}),
    ("/sites/?sort=largest", GeoparkFactory, {"name": "Alike"}),
    *(("/events/" + sort, EventFactory, {"title": "Alike", "starts_at": COMING, "status": "announced"})
      for sort in ("", "?sort=newest", "?sort=oldest", "?sort=title")),
    ("/trainings/", TrainingFactory, {"title": "Alike", "starts_at": COMING, "status": "announced"}),
    ("/documents/", DocumentFactory, {"title": "Alike", "year": 2001}),
    ("/partners/", PartnerFactory, {"name": "Alike"}),
    ("/programmes/", ProgrammeFactory, {"name": "Alike"}),
    *(("/sitemap.xml", factory, {})
      for factory in (BiosphereReserveFactory, GeoparkFactory, EventFactory, TrainingFactory, DocumentFactory, PartnerFactory, ProgrammeFactory)),
    ("/feed.atom", EventFactory, {"starts_at": COMING}),
    ("/feed.atom", DocumentFactory, {"title": "Alike", "year": 2001}),
    ("/feed.atom", GeoparkFactory, {"name": "Alike", "designation_year": 2001}),
    ("/calendar.ics", EventFactory, {"starts_at": COMING, "status": "announced"}),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "factory", "alike"), LISTS)
def test_equals_stand_by_their_address(
    client: Client, address: str, factory: Callable[..., object], alike: dict[str, object]
) -> None:
    for slug in ("lake-b", "lake-c", "lake-a"):
        factory(slug=slug, **alike)
    response = client.get(address)
    text = response.content.decode()
    assert response.status_code == 200
    places = [text.index(f"/{slug}/") for slug in ("lake-a", "lake-b", "lake-c")]
    assert places == sorted(places)
