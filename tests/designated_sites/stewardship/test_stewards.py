"""Stewardship as scope: from the first to the last day."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Person
from accounts.scopes import scope_of
from designated_sites.models import Stewardship
from records.scope import Scope
from tests.factories import BiosphereReserveFactory, GeoparkFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


def test_steward_sees_the_own_sites_of_both_kinds(stranger: Person) -> None:
    reserve, geopark = BiosphereReserveFactory(), GeoparkFactory()
    BiosphereReserveFactory()
    Stewardship.objects.create(site=reserve, person=stranger)
    Stewardship.objects.create(site=geopark, person=stranger)
    sites = frozenset({reserve.pk, geopark.pk})
    assert scope_of(stranger.user) == Scope(sites=sites)


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + dt.timedelta(days=1), None, False),
        (None, TODAY - dt.timedelta(days=1), False),
        (TODAY - dt.timedelta(days=9), TODAY + dt.timedelta(days=9), True),
    ],
)
@time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False)
def test_stewardship_counts_from_first_to_last_day(
    stranger: Person, since: dt.date | None, until: dt.date | None, counts: bool
) -> None:
    Stewardship.objects.create(site=GeoparkFactory(), person=stranger, since=since, until=until)
    assert len(scope_of(stranger.user).sites) == counts
