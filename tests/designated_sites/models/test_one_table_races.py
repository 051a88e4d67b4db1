"""Two writers of one site at once, each of another of its two tables: real connections, real row locks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from accounts.roles import stewardships
from designated_sites.models import DesignatedSite, Stewardship
from designated_sites.stewardship import confirmations
from geoparks.models import Geopark
from reserves.models import BiosphereReserve
from tests.events.registration.test_races import at_once
from tests.factories import BiosphereReserveFactory, GeoparkFactory, PersonFactory
from typed_records.locks import locked

pytestmark = pytest.mark.django_db(transaction=True)


def writing(site: DesignatedSite, name: str, value: Any) -> Callable[[], None]:
    """Reads the whole site under its lock, and saves the whole of it."""

    def write() -> None:
        with transaction.atomic():
            held = locked(site)
            setattr(held, name, value)
            held.save()

    return write


@pytest.mark.parametrize("through_the_common_table", [False, True])
def test_writers_of_a_shared_and_of_an_own_column_lose_nothing(through_the_common_table: bool) -> None:
    made = BiosphereReserveFactory(area_ha=50, core_ha=9)
    site = DesignatedSite.objects.get(pk=made.pk) if through_the_common_table else made
    for number in range(1, 4):
        assert at_once([writing(site, "area_ha", number), writing(made, "core_ha", number)]) == []
        now = BiosphereReserve.objects.get(pk=made.pk)
        assert (now.area_ha, now.core_ha) == (number, number)


def test_a_confirmation_waits_for_whoever_writes_what_only_the_type_tells() -> None:
    site, person = GeoparkFactory(geological_theme="Karst"), PersonFactory()
    Stewardship.objects.create(site=site, person=person)
    seen = confirmations.shown(site)
    faults = at_once(
        [
            writing(site, "geological_theme_en", "Basalt"),
            lambda: confirmations.confirm(site=site, person=person, seen=seen),
        ]
    )
    now = Geopark.objects.get()
    # Either the facts were confirmed as they were seen, and then changed; or they had changed, and are not confirmed.
    assert now.geological_theme_en == "Basalt"
    assert (now.confirmed_at is None) == bool(faults)


def test_a_steward_is_named_once() -> None:
    site, person = BiosphereReserveFactory(), PersonFactory()
    naming = lambda: stewardships.begin(person=person, kind="reserve", key=site.pk, by=None)  # noqa: E731
    assert len(at_once([naming, naming])) == 1
    assert Stewardship.objects.count() == 1
