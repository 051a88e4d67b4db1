"""The outbox as an officer reads it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import Person
from notifications import delivery
from notifications.models import Address, Mail
from tests.people import give_second_factor, signed_in

from .conftest import Put

LIST = "/admin/notifications/mail/"
pytestmark = pytest.mark.django_db


def detail(mail: Mail) -> str:
    return f"{LIST}{mail.pk}/change/"


def test_officer_reads_what_the_reader_gets_without_the_secret(officer_client: Client, put: Put) -> None:
    text = officer_client.get(detail(put("test.code", payload={"code": "94510539"}))).content.decode()
    assert "Dear Gantömör &amp; &lt;Co&gt;, code ••••••••" in text
    assert "94510539" not in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("test.over", "It would not be sent now: The meeting was cancelled."),
        ("test.broken", "It cannot be written: facts are out of reach"),
    ],
)
def test_mail_that_cannot_be_sent_is_shown_with_the_reason(
    officer_client: Client, put: Put, kind: str, words: str
) -> None:
    assert words in officer_client.get(detail(put(kind))).content.decode()


def test_mail_of_a_kind_that_is_gone_is_still_shown(officer_client: Client, put: Put) -> None:
    mail = put()
    Mail.objects.filter(pk=mail.pk).update(kind="test.gone")
    assert officer_client.get(detail(mail)).status_code == 200
    assert "test.gone" in officer_client.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_needs_the_same_queries_for_any_number(
    officer_client: Client, put: Put, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        put()
    officer_client.get(LIST)
    with django_assert_num_queries(15):
        response = officer_client.get(LIST)
    assert len(response.context["cl"].result_list) == count


def test_list_is_filtered_and_searched(officer_client: Client, put: Put) -> None:
    put(email="one@example.org")
    put("test.code", email="two@example.org", payload={"code": "1"})
    delivery.send_due()
    put(email="three@example.org")

    def found(query: str) -> list[str]:
        shown = officer_client.get(f"{LIST}?{query}").context["cl"].result_list
        return sorted(mail.email for mail in shown)

    assert found("state=sent") == ["one@example.org", "two@example.org"]
    assert found("kind=test.code") == ["two@example.org"]
    assert found("q=three@") == ["three@example.org"]


def test_nobody_writes_changes_or_deletes_a_mail(officer_client: Client, put: Put) -> None:
    mail = put()
    assert officer_client.get(f"{LIST}add/").status_code == 403
    assert officer_client.post(detail(mail), {"state": "sent"}).status_code == 403
    assert officer_client.post(f"{LIST}{mail.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Mail.objects.get().state == "queued"


@pytest.fixture
def sent(put: Put, settings: Any, tmp_path: Path) -> Mail:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "notifications.backends.EmlFiles", tmp_path
    mail = put()
    delivery.send_due()
    return mail


def test_beside_the_embedded_servers_the_file_can_be_opened(officer_client: Client, sent: Mail, settings: Any) -> None:
    settings.LOCAL = True
    link = f"{LIST}{sent.pk}/eml/"
    assert link in officer_client.get(detail(sent)).content.decode()
    response = officer_client.get(link)
    assert response["Content-Type"] == "message/rfc822"
    assert b"Auto-Submitted: auto-generated" in b"".join(response.streaming_content)


def test_elsewhere_nobody_opens_a_file(officer_client: Client, sent: Mail, settings: Any) -> None:
    settings.LOCAL = False
    assert f"{LIST}{sent.pk}/eml/" not in officer_client.get(detail(sent)).content.decode()
    assert officer_client.get(f"{LIST}{sent.pk}/eml/").status_code == 404


@pytest.mark.parametrize("who", ["focal_point", "steward", "stranger"])
def test_others_see_no_mail(who: str, request: pytest.FixtureRequest, sent: Mail, settings: Any) -> None:
    settings.LOCAL = True
    person: Person = request.getfixturevalue(who)
    give_second_factor(person.user)
    client = signed_in(person.user)
    for address in (LIST, detail(sent), f"{LIST}{sent.pk}/eml/"):
        assert client.get(address, follow=True).status_code == 403


def test_officer_switches_an_address_on_again(officer_client: Client) -> None:
    address = Address.objects.create(email="back@example.org", bounces=6, disabled_at="2026-11-01T00:00Z")
    response = officer_client.post(
        "/admin/notifications/address/", {"action": "switch_on", "_selected_action": [address.pk]}, follow=True
    )
    address.refresh_from_db()
    assert (address.disabled_at, address.bounces) == (None, 0)
    assert "1 address is written to again." in response.content.decode()
