"""Certificates and letters as files: the own ones, those of people in care, nobody else's."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person, RoleGrant
from tests.factories import MemberStateFactory, PersonFactory
from tests.people import signed_in
from tests.trainings.held import held_training, taking_part
from trainings.certificates import certifying

pytestmark = pytest.mark.django_db
LETTER = {"letter_office": "The office", "letter_signatory": "The head"}


def files_of(person: Person) -> list[str]:
    """A certificate of one training, and a letter for another."""
    training, coming = held_training(), held_training(**LETTER)
    taking_part(training, "attended", person=person)
    number = certifying.issue(activity=training, person=person, by=None).number
    reference = taking_part(coming, person=person).reference
    return [f"/me/certificates/{number}.pdf", f"/me/letters/{reference}.pdf"]


def answers(client: Client, files: list[str]) -> list[int]:
    return [client.get(file).status_code for file in files]


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("who", "own", "in_care", "of_state", "of_other_state"),
    [
        ("stranger", 200, 404, 404, 404),
        ("steward", 200, 404, 404, 404),
        ("trainer", 200, 404, 404, 404),
        ("focal_point", 200, 200, 404, 404),
        ("other_focal_point", 200, 404, 404, 404),
        ("officer", 200, 404, 404, 404),
    ],
)
def test_who_has_which_files(
    who: str, own: int, in_care: int, of_state: int, of_other_state: int, focal_point: Person,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    mongolia, russia = MemberStateFactory(code="MN"), MemberStateFactory(code="RU")
    care = PersonFactory(name="In care", email="", care_of=focal_point, member_state=mongolia)
    person: Person = request.getfixturevalue(who)
    client = signed_in(person.user)  # type: ignore[arg-type]
    whose = [person, care, PersonFactory(member_state=mongolia), PersonFactory(member_state=russia)]
    expected = (own, in_care, of_state, of_other_state)
    assert [answers(client, files_of(one)) for one in whose] == [[code, code] for code in expected]


def test_without_signing_in_nothing_is_handed_out(client: Client) -> None:
    for file in files_of(PersonFactory()):
        assert "/accounts/login/" in client.get(file).url


def test_whose_role_ended_has_no_longer_the_papers_of_people_in_care(focal_point: Person) -> None:
    care = PersonFactory(email="", care_of=focal_point, member_state=focal_point.member_state)
    files = files_of(care)
    client = signed_in(focal_point.user)  # type: ignore[arg-type]
    assert answers(client, files) == [200, 200]
    RoleGrant.objects.all().delete()
    assert answers(client, files) == [404, 404]


def test_file_is_a_pdf_that_no_cache_keeps(stranger: Person) -> None:
    client = signed_in(stranger.user)  # type: ignore[arg-type]
    for file in files_of(stranger):
        response = client.get(file)
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
        assert "no-store" in response["Cache-Control"]


def test_revoked_certificate_is_not_handed_out(stranger: Person) -> None:
    certificate, _letter = files_of(stranger)
    [row] = stranger.certificates.all()
    certifying.revoke(certificate=row, reason="Wrong", by=None)
    assert signed_in(stranger.user).get(certificate).status_code == 404  # type: ignore[arg-type]


def test_page_lists_own_files_with_as_many_queries_for_one_as_for_three(stranger: Person) -> None:
    client = signed_in(stranger.user)  # type: ignore[arg-type]

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/me/certificates/").content.decode()
        assert all(file in page for file in files)
        return len(captured)

    files = files_of(stranger)
    queries()  # the first page of a session writes it down
    one = queries()
    files += files_of(stranger) + files_of(stranger)
    assert queries() == one


def test_page_without_papers_says_so(stranger: Person) -> None:
    page = signed_in(stranger.user).get("/me/certificates/").content.decode()  # type: ignore[arg-type]
    assert "No certificate yet." in page
    assert "No letter." in page
