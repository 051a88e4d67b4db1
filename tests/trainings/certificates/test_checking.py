"""Anybody checks a number: valid, revoked, unknown; nothing personal beyond what is printed."""

import pytest
from django.test import Client

from accounts.persons import erasure
from accounts.persons.owner import owner_of
from tests.factories import MemberStateFactory
from tests.trainings.held import held_training, taking_part
from trainings.certificates import certifying
from trainings.certificates import views as certificates
from trainings.certificates.numbers import new_number
from trainings.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued() -> Certificate:
    training = held_training()
    person = taking_part(
        training, "attended", name="Bat", native_name="Бат", native_language="mn", email="bat@example.org",
        organisation="Hustai", member_state=MemberStateFactory(code="MN"),
    ).person  # fmt: skip
    return certifying.issue(activity=training, person=person, by=None)


def test_valid_number_tells_what_is_printed_and_no_more(client: Client, issued: Certificate) -> None:
    for typed in (issued.number, issued.number.lower(), issued.number.replace("-", "")):
        response = client.get(f"/certificates/{typed}/")
        assert response.status_code == 200
        text = response.content.decode()
        for part in ("Valid", "Bat", "Бат", "Monitoring of lakes", "4–5 May 2026", "<dd>4</dd>", issued.number):
            assert part in text
        for secret in ("bat@example.org", "Hustai"):
            assert secret not in text
        assert '<meta name="robots" content="noindex">' in text
        assert response["X-Robots-Tag"] == "noindex"


def test_revoked_number_says_since_when_and_not_why(client: Client, issued: Certificate) -> None:
    certifying.revoke(certificate=issued, reason="Bought from a friend", by=None)
    text = client.get(f"/certificates/{issued.number}/").content.decode()
    assert "This certificate was revoked on" in text
    assert "Bought" not in text


def test_number_of_somebody_who_was_erased_proves_nothing(client: Client, issued: Certificate) -> None:
    assert issued.person is not None
    erasure.forget(owner=owner_of(person=issued.person, user=None))
    text = client.get(f"/certificates/{issued.number}/").content.decode()
    assert "whose it was can no longer be checked" in text
    assert [word for word in ("Valid", "<dt>Name</dt>", "Bat", "Бат") if word in text] == []


def test_forged_unknown_and_malformed_numbers_answer_alike(client: Client, issued: Certificate) -> None:
    forged = issued.number[:-1] + ("2" if issued.number[-1] != "2" else "3")
    answers = set()
    for number in (new_number(), forged, "EABRN-1", "x", "..", "%00", "9" * 300):
        response = client.get(f"/certificates/{number}/")
        assert response.status_code == 404
        if number not in ("..", "%00"):
            answers.add("No certificate has this number." in response.content.decode())
    assert answers == {True}


def test_typed_number_leads_to_its_page(client: Client, issued: Certificate) -> None:
    for typed in (issued.number.lower(), issued.number.replace("-", " ")):
        assert client.post("/certificates/", {"number": typed}).url == f"/certificates/{issued.number}/"


def test_whoever_tries_numbers_has_to_wait_and_valid_ones_are_never_counted(
    client: Client, issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates, "MOST_UNKNOWN", 2)
    for _time in range(5):
        assert client.get(f"/certificates/{issued.number}/").status_code == 200
    assert [client.get(f"/certificates/{new_number()}/").status_code for _time in range(3)] == [404, 404, 429]
    assert client.get(f"/certificates/{issued.number}/").status_code == 200


def test_page_is_never_kept_for_others(client: Client, issued: Certificate, settings: object) -> None:
    settings.PAGE_CACHE_SECONDS = 60  # type: ignore[attr-defined]
    assert b"Valid" in client.get(f"/certificates/{issued.number}/").content
    certifying.revoke(certificate=issued, reason="Wrong", by=None)
    assert b"is no longer valid" in client.get(f"/certificates/{issued.number}/").content
