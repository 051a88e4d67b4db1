"""Asking the secretariat for an offer: a record, a mail to the desk, a mail to the asker; and what keeps programs out."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from desk.models import OfferRequest
from network.models import Programme
from notifications.delivery import sending
from notifications.models import Mail
from tests.admin import pages
from tests.factories import MemberStateFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
ASKED = {
    "name": "Батаа",
    "email": "bataa@example.org",
    "organisation": "Hustai National Park",
    "message": "Advice on <zoning>,\nplease.",
}


@pytest.fixture
def offer() -> Programme:
    return ProgrammeFactory(slug="advice", name="Advice on zoning", kind=Programme.Kind.OFFER)


@pytest.fixture
def later() -> Iterator[Any]:
    """A clock to move: people need more than two seconds to fill a form."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def drawn(client: Client, later: Any) -> str:
    """The signed time of a form that was opened ten seconds ago."""
    signed = client.get("/programmes/advice/ask/").context["form"].signed_time
    later.shift(10)
    return str(signed)


def send(client: Client, later: Any, **other: str) -> Any:
    return client.post("/programmes/advice/ask/", {"drawn": drawn(client, later), **ASKED, **other}, follow=True)


def test_request_becomes_a_record_and_two_mails(client: Client, offer: Programme, later: Any, settings: Any) -> None:
    MemberStateFactory(code="MN")
    response = send(client, later, member_state="MN")
    assert response.redirect_chain == [("/programmes/advice/ask/sent/", 302)]
    request = OfferRequest.objects.get()
    assert (request.programme, request.name, request.email) == (offer, "Батаа", "bataa@example.org")
    assert (request.organisation, request.member_state_id, request.state) == ("Hustai National Park", "MN", "new")
    assert sending.send_due() == sending.Pass(sent=2)
    to_desk, to_asker = sorted(django_mail.outbox, key=lambda sent: sent.to[0] != settings.SECRETARIAT_EMAIL)
    assert to_desk.to == [settings.SECRETARIAT_EMAIL]
    assert to_desk.subject == "Request: Advice on zoning (Hustai National Park)"
    assert "Advice on <zoning>,\nplease." in to_desk.body
    assert f"http://localhost:8000/admin/desk/offerrequest/{request.pk}/change/" in to_desk.body
    assert to_asker.to == ["bataa@example.org"]
    assert to_asker.subject == "Your request has arrived: Advice on zoning"


def test_mail_to_the_asker_repeats_nothing_that_was_typed(client: Client, offer: Programme, later: Any) -> None:
    send(client, later)
    sending.send_due()
    [to_asker] = [sent for sent in django_mail.outbox if sent.to == ["bataa@example.org"]]
    html = str(to_asker.alternatives[0][0])
    for typed in ("Батаа", "Hustai", "zoning>", "please."):
        assert typed not in to_asker.body
        assert typed not in html


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "bataa"}, "email"),
        ({"email": ""}, "email"),
        ({"name": ""}, "name"),
        ({"message": "x" * 4001}, "message"),
        ({"member_state": "XX"}, "member_state"),
        ({"website": "https://spam.example"}, "website"),
        ({"drawn": "forged"}, "__all__"),
    ],
)
def test_wrong_field_is_said_and_nothing_typed_is_lost(
    client: Client, offer: Programme, later: Any, wrong: dict[str, str], field: str
) -> None:
    response = send(client, later, **wrong)
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    text = response.content.decode()
    assert "<title>Error:" in text
    for name in {"name", "organisation"} - wrong.keys():
        assert f'value="{ASKED[name]}"' in text
    assert (OfferRequest.objects.count(), Mail.objects.count()) == (0, 0)


def test_form_sent_at_once_is_a_program_but_can_be_sent_again(client: Client, offer: Programme, later: Any) -> None:
    signed = client.get("/programmes/advice/ask/").context["form"].signed_time
    response = client.post("/programmes/advice/ask/", {"drawn": signed, **ASKED})
    assert "That was very quick." in response.content.decode()
    again = response.context["form"].signed_time
    later.shift(3)
    response = client.post("/programmes/advice/ask/", {"drawn": again, **ASKED})
    assert response.status_code == 302


def test_page_that_was_open_for_days_can_be_sent_again(client: Client, offer: Programme, later: Any) -> None:
    signed = drawn(client, later)
    later.shift(2 * 24 * 3600)
    response = client.post("/programmes/advice/ask/", {"drawn": signed, **ASKED})
    assert "The page was open for a long time." in response.content.decode()
    later.shift(3)
    again = response.context["form"].signed_time
    later.shift(3)
    assert client.post("/programmes/advice/ask/", {"drawn": again, **ASKED}).status_code == 302


def test_one_address_asks_three_times_an_hour(client: Client, offer: Programme, later: Any) -> None:
    later.move_to("2026-11-24T09:10:00Z")
    statuses = [len(send(client, later).redirect_chain) for _number in range(4)]
    assert statuses == [1, 1, 1, 0]
    assert OfferRequest.objects.count() == 3
    assert len(send(client, later, email="other@example.org").redirect_chain) == 1
    later.shift(3600)
    assert len(send(client, later).redirect_chain) == 1


@pytest.mark.parametrize("facts", [{"kind": Programme.Kind.PROJECT}, {"published": False}])
def test_only_published_offers_can_be_asked_for(client: Client, facts: dict[str, Any]) -> None:
    ProgrammeFactory(slug="other", **{"kind": Programme.Kind.OFFER, **facts})
    assert client.get("/programmes/other/ask/").status_code == 404
    assert client.get("/programmes/other/ask/sent/").status_code == 404


def test_request_that_is_removed_sends_nothing(client: Client, offer: Programme, later: Any) -> None:
    send(client, later)
    OfferRequest.objects.all().delete()
    assert sending.send_due() == sending.Pass(dropped=2)


def test_officer_finds_the_request_and_handles_it(
    client: Client, offer: Programme, later: Any, officer_client: Client
) -> None:
    send(client, later)
    request = OfferRequest.objects.get()
    page = f"/admin/desk/offerrequest/{request.pk}/change/"
    assert "Advice on &lt;zoning&gt;" in officer_client.get(page).content.decode()
    response = pages.send(officer_client, request, state="answered", answer_note="Called back")
    assert response.status_code == 302
    request.refresh_from_db()
    assert (request.state, request.answer_note, str(request.handled_by)) == (
        "answered", "Called back", "oyun@example.org",
    )  # fmt: skip
