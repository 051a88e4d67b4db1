"""Lists that are a part of a record: views and columns of one's own, as in the lists of the admin."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Person, RoleGrant
from record_admin.models import ChosenColumns, SavedView
from tests.factories import EventFactory, PersonFactory, RegistrationFactory, RoleGrantFactory
from tests.people import give_second_factor, signed_in, with_account
from tests.trainings.open_calls import call
from tests.trainings.standing import in_state

pytestmark = pytest.mark.django_db


def another_officer() -> Client:
    person = with_account("vera@example.org", "Vera", is_staff=True)
    RoleGrantFactory(person=person, role=RoleGrant.Role.SECRETARIAT)
    give_second_factor(person.user)
    return signed_in(person.user)


@pytest.fixture(params=["registrations", "selection"])
def listed(request: pytest.FixtureRequest) -> tuple[str, str, str]:
    """The address of a list, a filter that finds one of its two people, and a column that it does not show at first."""
    if request.param == "registrations":
        event = EventFactory()
        for name, state in (("Ahn", "confirmed"), ("Bat", "cancelled")):
            person = PersonFactory(name=name, position=f"Ranger {name}")
            RegistrationFactory(event=event, person=person, state=state)
        return f"/admin/events/event/{event.pk}/registrations/", "state=confirmed", "position"
    training = call(endorsement_required=False)
    for name, state in (("Ahn", "endorsed"), ("Bat", "withdrawn")):
        in_state(training, state, person=PersonFactory(name=name, position=f"Ranger {name}"))
    return f"/admin/trainings/training/{training.pk}/selection/", "state=endorsed", "position"


def test_view_keeps_filter_order_and_columns(
    listed: tuple[str, str, str], officer: Person, officer_client: Client
) -> None:
    address, narrowed, column = listed
    page = officer_client.get(address).content.decode()
    assert ("Ahn" in page, "Bat" in page, "Ranger Ahn" in page) == (True, True, False)
    answer = officer_client.post(f"{address}?{narrowed}&page=1", {"keep": "columns", "columns": [column, "unheard-of"]})
    assert answer.status_code == 302
    assert narrowed in answer["Location"]
    assert ChosenColumns.objects.get().columns == [column]
    assert "Ranger Ahn" in officer_client.get(address).content.decode()
    officer_client.post(f"{address}?{narrowed}&sort=name", {"keep": "view", "name": "Those who come"})
    officer_client.post(address, {"keep": "first_columns"})
    kept = SavedView.objects.get()
    assert (kept.officer_id, kept.shared, kept.columns) == (officer.user.pk, False, [column])
    opened: Any = officer_client.get(f"{address}?view={kept.slug}", follow=True)
    text = opened.content.decode()
    assert ("Ranger Ahn" in text, "Ranger Bat" in text) == (True, False)
    assert f'href="?view={kept.slug}" aria-current="true"' in text
    stranger = another_officer()
    assert "Those who come" not in stranger.get(address).content.decode()
    refused = stranger.get(f"{address}?view={kept.slug}", follow=True).content.decode()
    assert ("somebody else" in refused, "Bat" in refused) == (True, True)
    officer_client.post(f"{address}?{narrowed}", {"keep": "view", "name": "Those who come", "shared": "on"})
    assert "Those who come" in stranger.get(address).content.decode()
    stranger.post(address, {"keep": "forget_view", "slug": kept.slug})
    assert SavedView.objects.exists()
    officer_client.post(address, {"keep": "forget_view", "slug": kept.slug})
    assert not SavedView.objects.exists()
