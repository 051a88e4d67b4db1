import pytest
from django.test import client
from django.utils import timezone

from tests.factories import EventFactory, TrainingFactory
from trainings.models import Certificate


@pytest.fixture
def no_contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client copies the context of every template of every page; those who read only the answer do without."""
    monkeypatch.setattr(client, "store_rendered_templates", lambda *args, **kwargs: None)


@pytest.fixture
def network_served(network_served: None) -> None:
    """With what the data do not hold: something coming, a certificate."""
    now = timezone.now()
    year = now.replace(year=now.year + 1, month=6, day=1)
    coming = {"slug": "coming", "states": ["MN"], "timezone": "Asia/Ulaanbaatar", "starts_at": year, "summary": "Lakes"}
    EventFactory(title="One place, four designations", registration_closes_at=year, **coming)
    training = TrainingFactory(
        title="Monitoring for managers", nominations_close_at=year, deadline_zone="Europe/Paris", **coming
    )
    Certificate.objects.create(number="EABRN-1", activity=training, name="Bat", title="Monitoring", dates="1 June")
