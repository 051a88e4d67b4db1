"""The search of the workspace: one hit for a reference opens it, else everything that the reader may see, by kind."""

import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from accounts.models import Person
from record_admin.workspace.search_page import PER_PAGE, SHOWN
from tests.admin.records import application, certificate, mail
from tests.factories import (
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    PersonFactory,
    TrainingFactory,
    UserFactory,
)
from tests.people import signed_in
from trainings.certificates.numbers import new_number
from trainings.models import Certificate

pytestmark = pytest.mark.usefixtures("search_kept")


def found(client: Client, words: str, **query: str) -> dict[str, list[str]]:
    """The groups of hits with the names in them."""
    response = client.get("/admin/search/", {"q": words, **query})
    assert response.status_code == 200
    if "group" in query:
        group = response.context["group"]
        return {group.finder.slug: [str(hit.label) for hit in group.hits]}
    return {group.finder.slug: [str(hit.label) for hit in group.hits] for group in response.context["groups"]}


def test_reference_number_and_address_open_what_they_are_of(officer_client: Client) -> None:
    one, paper = application(1), certificate(1)
    Certificate.objects.filter(pk=paper.pk).update(number=new_number())
    paper.refresh_from_db()
    person = PersonFactory(name="Tuya", email="tuya@example.org")
    for words, page in (
        (one.reference.lower(), f"/admin/trainings/application/{one.pk}/change/"),
        (paper.number.replace("-", " ").lower(), f"/admin/trainings/certificate/{paper.pk}/change/"),
        ("Tuya@Example.org", f"/admin/accounts/person/{person.pk}/change/"),
    ):
        response = officer_client.get("/admin/search/", {"q": words})
        assert (response.status_code, response.get("Location")) == (302, page), words
        assert officer_client.get(page).status_code == 200


def test_mailbox_of_several_people_is_a_list(officer_client: Client) -> None:
    PersonFactory(name="Ahn", email="committee@example.org")
    account = UserFactory(email="committee@example.org")
    assert account.pk
    groups = found(officer_client, "committee@example.org")
    assert (groups["people"], groups["accounts"]) == (["Ahn"], ["committee@example.org"])


def test_everything_is_found_by_kind_and_in_any_script(officer_client: Client) -> None:
    site = BiosphereReserveFactory(name="Uvs Nuur", published=False)
    site.names.create(name="Увс нуур", kind="local", language="mn")
    EventFactory(title="Uvs meeting")
    TrainingFactory(title="Uvs course")
    DocumentFactory(title="Uvs atlas")
    PersonFactory(name="Bat", native_name="Увс Бат", organisation="Park of Uvs")
    assert found(officer_client, "uvs") == {
        "people": ["Bat"], "sites": ["Uvs Nuur"], "activities": ["Uvs course", "Uvs meeting"], "documents": ["Uvs atlas"],
    }  # fmt: skip
    text = " ".join(strip_tags(officer_client.get("/admin/search/?q=увс").content.decode()).split())
    assert "Uvs Nuur Biosphere reserve, MN, not public" in text
    assert "Local name: Увс нуур" in text
    assert "Увс Бат" in text


def test_person_is_found_by_all_words_in_any_order(officer_client: Client) -> None:
    PersonFactory(name="Kim Chol-su", email="chol@example.org")
    PersonFactory(name="Kim Yong")
    PersonFactory(name="Zoë Müller")
    PersonFactory(name="Zhang Wei", native_name="张伟")
    PersonFactory(name="Munkh", native_name="Мөнх")
    for words, name in {
        "chol kim": "Kim Chol-su", "muller ZOE": "Zoë Müller", "Mu'ller": "Zoë Müller", "張": "Zhang Wei", "монх": "Munkh",
    }.items():  # fmt: skip
        assert found(officer_client, words)["people"] == [name], words


def test_mails_and_papers_of_somebody_are_found(officer_client: Client) -> None:
    letter, paper, one = mail(1), certificate(1), application(1)
    assert found(officer_client, letter.email[:8])["mails"]
    assert found(officer_client, paper.number[:6])["certificates"] == [f"{paper.number}: {paper.name}"]
    assert f"{one.reference}: {one.person.name}" in found(officer_client, one.person.name)["applications"]


def test_only_what_somebody_may_see_is_found(db: None, settings: Any) -> None:
    settings.STAFF_MFA = "optional"
    BiosphereReserveFactory(name="Uvs Nuur")
    paper = certificate(1)
    staff = signed_in(UserFactory(is_staff=True))
    assert found(staff, "uvs") == {}
    assert found(staff, paper.number) == {}
    assert Client().get("/admin/search/?q=uvs").status_code == 302


def test_many_hits_are_shown_some_at_a_time_and_never_counted(officer_client: Client) -> None:
    people = [Person(name=f"Walker {number:03}", time_zone="UTC") for number in range(PER_PAGE + 9)]
    Person.objects.bulk_create(people)
    with CaptureQueriesContext(connection) as captured:
        first = found(officer_client, "walker")["people"]
    assert first == [f"Walker {number:03}" for number in range(SHOWN)]
    assert [one["sql"] for one in captured if "COUNT(" in one["sql"] and "UNION" not in one["sql"]] == []
    page = officer_client.get("/admin/search/?q=walker").content.decode()
    assert "?q=walker&amp;group=people" in page
    second = found(officer_client, "walker", group="people", page="2")["people"]
    assert second == [f"Walker {number:03}" for number in range(PER_PAGE, PER_PAGE + 9)]
    assert officer_client.get("/admin/search/?q=walker&group=people&page=x").status_code == 404
    assert found(officer_client, "walker", group="people", page="9") == {"people": []}


@pytest.mark.parametrize("words", ["", "   ", "%", "\\", "[a", "(?=", "'", "a" * 300, "（", "@"])
def test_whatever_is_typed_is_answered(officer_client: Client, words: str) -> None:
    assert officer_client.get("/admin/search/", {"q": words}).status_code == 200


def test_nothing_of_what_is_typed_is_logged(officer_client: Client, caplog: pytest.LogCaptureFixture) -> None:
    PersonFactory(name="Unmistakable")
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as captured:
        assert officer_client.get("/admin/search/", {"q": "unmistakable"})["Cache-Control"].count("no-store") == 1
    written = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert [line for line in written if "unmistakable" in line.lower()] == []
    changed = [one["sql"] for one in captured if one["sql"].startswith(("INSERT", "UPDATE"))]
    assert [sql for sql in changed if "unmistakable" in sql.lower()] == []
