"""Every mail to a person, for whoever may see the person."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Person
from notifications import outbox
from notifications.models import Address, Mail
from notifications.recipients import Recipient, of_address
from tests.admin.pages import change_address
from tests.factories import PersonFactory
from tests.people import give_second_factor, signed_in

pytestmark = pytest.mark.django_db
KIND = "accounts.password_changed"


def write(recipient: Recipient, occurrence: str) -> Mail:
    outbox.put(kind=KIND, subject=("accounts.user", 1), recipient=recipient, occurrence=occurrence)
    return Mail.objects.get(occurrence=occurrence)


def mails_of(record: Any) -> str:
    return change_address(record).replace("/change/", "/mails/")


@pytest.fixture
def written(stranger: Person) -> dict[str, Mail]:
    """Mails that reach Jin by each way, and one that does not."""
    stranger.email = "jin.work@example.org"
    stranger.save()
    ways = {
        "as a person": Recipient(f"person:{stranger.pk}", "elsewhere@example.org"),
        "as a user": Recipient(f"user:{stranger.user_id}", "old@example.org"),
        "at the address of the account": of_address("jin@example.org"),
        "at the address of the person": of_address("jin.work@example.org"),
        "not at all": Recipient("person:99", "other@example.org"),
    }
    return {name: write(recipient, name) for name, recipient in ways.items()}


def shown(client: Client, record: Any) -> set[str]:
    response = client.get(mails_of(record))
    assert response.status_code == 200
    return {entry.mail.occurrence for entry in response.context["entries"]}


def test_person_and_account_show_the_same_mails(
    officer_client: Client, stranger: Person, written: dict[str, Mail]
) -> None:
    assert shown(officer_client, stranger) == written.keys() - {"not at all"}
    assert shown(officer_client, stranger.user) == written.keys() - {"not at all"}


def test_address_shows_what_went_there(officer_client: Client, written: dict[str, Mail]) -> None:
    address = Address.objects.create(email="jin@example.org", disabled_at="2026-11-01T10:00Z", wishes={})
    assert shown(officer_client, address) == {"at the address of the account"}
    assert "switched off since 1 Nov 2026, 10:00 UTC" in officer_client.get(mails_of(address)).content.decode()


def test_person_without_account_and_address_has_a_page_too(officer_client: Client) -> None:
    person = PersonFactory(email="")
    write(Recipient("person:77", ""), "somebody without an address")
    assert shown(officer_client, person) == set()
    assert "No mail was ever written down." in officer_client.get(mails_of(person)).content.decode()


def test_way_stands_beside_the_history(officer_client: Client, stranger: Person) -> None:
    for record in (stranger, stranger.user):
        text = officer_client.get(change_address(record)).content.decode()
        assert f'<a href="{mails_of(record)}">Mails</a>' in text


def test_others_see_none(focal_point: Person, stranger: Person, written: dict[str, Mail]) -> None:
    give_second_factor(focal_point.user)
    client = signed_in(focal_point.user)
    for record in (stranger, stranger.user):
        assert client.get(mails_of(record), follow=True).status_code == 403


def test_unknown_person_has_no_page(officer_client: Client, stranger: Person) -> None:
    assert officer_client.get(mails_of(stranger).replace(str(stranger.pk), "0")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_needs_the_same_queries_for_any_number(
    officer_client: Client, stranger: Person, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        write(Recipient(f"person:{stranger.pk}", "jin@example.org"), f"n{number}")
    officer_client.get("/admin/")
    with django_assert_num_queries(16):
        response = officer_client.get(mails_of(stranger))
    assert len(response.context["entries"]) == count
