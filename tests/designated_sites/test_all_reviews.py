"""The page of all reviews and revalidations, by the day they are due."""

import datetime as dt
from typing import Any

from django.test import Client
from django.utils import timezone

from geoparks.models import Revalidation
from reserves.models import PeriodicReview
from tests.factories import BiosphereReserveFactory, GeoparkFactory, UserFactory
from tests.people import signed_in

DAY = dt.timedelta(days=1)


def names(client: Client, **query: str) -> list[str]:
    response = client.get("/admin/reviews/", query)
    assert response.status_code == 200
    return [cycle.site.name for cycle, _page in response.context["rows"]]


def test_sites_of_all_types_stand_by_the_day_they_are_due(officer_client: Client, settings: Any) -> None:
    today = timezone.now().date()
    late = BiosphereReserveFactory(name="Late lake", designation_year=2016)
    PeriodicReview.objects.create(site=late, year=2026, due_override=today - 30 * DAY, override_reason="Council.")
    soon = BiosphereReserveFactory(name="Soon lake", designation_year=2016)
    PeriodicReview.objects.create(site=soon, year=2026, due_override=today + 40 * DAY, override_reason="Council.")
    crater = GeoparkFactory(name="Crater", designation_year=2017)
    Revalidation.objects.create(site=crater, year=2026, due_override=today - 9 * DAY, override_reason="As agreed.")
    BiosphereReserveFactory(name="Unknown", designation_year=1990)
    assert names(officer_client) == ["Late lake", "Crater", "Soon lake", "Unknown"]
    assert names(officer_client, state="overdue") == ["Late lake", "Crater"]
    assert names(officer_client, state="deferred") == []
    page = officer_client.get("/admin/reviews/")
    assert {state.value: number for state, number in page.context["states"]} == {"overdue": 2, "due": 1, "unknown": 1}
    assert f"/admin/geoparks/geopark/{crater.pk}/change/" in page.content.decode()
    assert officer_client.get("/admin/reviews/?state=never").status_code == 404
    settings.STAFF_MFA = "optional"
    assert signed_in(UserFactory(is_staff=True)).get("/admin/reviews/").status_code == 403
