"""What a person does on the own pages: profile, sites, roles, people, consents."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Consent, Person, RoleRequest
from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    MemberStateFactory,
    PersonFactory,
    RegistrationFactory,
    UserFactory,
)
from tests.people import signed_in

pytestmark = pytest.mark.django_db
PROFILE = {
    "name": "Jin Park", "native_name": "박진", "native_language": "ko", "organisation": "Jeju", "position": "Ranger",
    "member_state": "KR", "language": "ko", "time_zone": "Asia/Seoul", "sex": "not_stated", "birth_year": "", "nationality": "",
}  # fmt: skip
PERSON = {
    "name": "Dorj", "native_name": "", "native_language": "", "email": "", "organisation": "Hustai", "position": "",
    "member_state": "MN", "language": "mn", "time_zone": "Asia/Ulaanbaatar", "agreed": "on",
}  # fmt: skip


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


@pytest.fixture
def jin(stranger: Person) -> Client:
    MemberStateFactory(code="KR")
    return signed_in(stranger.user)


@pytest.fixture
def bat(focal_point: Person) -> Client:
    return signed_in(focal_point.user)


def test_profile_is_kept_and_facts_for_reports_may_be_left_out(jin: Client, stranger: Person) -> None:
    assert jin.post("/me/profile/", PROFILE)["Location"] == "/me/profile/"
    stranger.refresh_from_db()
    kept = {name: getattr(stranger, name) for name in ("name", "native_name", "organisation", "language", "time_zone")}
    assert kept == {name: PROFILE[name] for name in kept}
    assert (stranger.member_state_id, stranger.sex, stranger.birth_year, stranger.nationality) == (
        "KR",
        "not_stated",
        None,
        "",
    )
    assert stranger.email == "jin@example.org"
    html = jin.get("/me/profile/").content.decode()
    assert html.count("Prefer not to say") == 2
    assert "Reports to those who pay for trainings count women and men." in html


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("birth_year", "12"), ("birth_year", "2999"), ("member_state", "XX"), ("time_zone", "Mars/Base"),
     ("nationality", "Q1"), ("sex", "no"), ("language", "xx")],
)  # fmt: skip
def test_profile_refuses_what_cannot_be(jin: Client, stranger: Person, field: str, value: str) -> None:
    response = jin.post("/me/profile/", PROFILE | {field: value})
    assert errors(response).keys() == {field}
    assert 'class="error-summary"' in response.content.decode()
    stranger.refresh_from_db()
    assert stranger.name == "Jin"


def test_profile_of_an_account_made_by_hand_makes_its_person() -> None:
    MemberStateFactory(code="KR")
    user = UserFactory(email="hand@example.org")
    client = signed_in(user)
    assert client.get("/me/profile/").status_code == 200
    assert not Person.objects.exists()
    client.post("/me/profile/", PROFILE)
    assert list(Person.objects.values_list("name", "email", "user")) == [("Jin Park", "hand@example.org", user.pk)]


def test_profile_gives_no_right(jin: Client, stranger: Person) -> None:
    jin.post("/me/profile/", PROFILE | {"user": "1", "care_of": "1", "email": "x@example.org", "is_staff": "on"})
    stranger.refresh_from_db()
    assert (stranger.email, stranger.care_of, stranger.user.is_staff) == ("jin@example.org", None, False)


def test_sites_are_found_by_name(jin: Client, search_kept: None) -> None:
    BiosphereReserveFactory(name="Khuvsgul Lake", published=True)
    BiosphereReserveFactory(name="Khuvsgul Hidden", published=False)
    html = jin.get("/me/sites/?q=khuvsgul").content.decode()
    assert "Khuvsgul Lake" in html
    assert "Khuvsgul Hidden" not in html
    assert "No site is found by this name." in jin.get("/me/sites/?q=atlantis").content.decode()


def test_role_is_asked_for(jin: Client, stranger: Person) -> None:
    assert errors(jin.post("/me/roles/ask/", {"role": "focal_point", "message": "Named"})) == {
        "member_state": ["Choose the member state you answer for."]
    }
    assert errors(jin.post("/me/roles/ask/", {"role": "secretariat", "message": "x"})).keys() == {"role"}
    data = {"role": "focal_point", "member_state": "KR", "message": "Named by the committee"}
    assert jin.post("/me/roles/ask/", data)["Location"] == "/me/roles/"
    assert "Waiting for a decision" in jin.get("/me/roles/").content.decode()
    assert errors(jin.post("/me/roles/ask/", data)) == {
        "__all__": ["You have asked for this role already. It waits for a decision."]
    }
    asked = RoleRequest.objects.get()
    assert (asked.person, asked.member_state_id, asked.message) == (stranger, "KR", "Named by the committee")
    jin.post(f"/me/roles/asked/{asked.pk}/take-back/")
    assert RoleRequest.objects.get().state == "taken_back"


def test_roles_are_asked_for_ten_times_a_day(jin: Client) -> None:
    sites = [BiosphereReserveFactory() for _n in range(11)]
    said = [jin.post(f"/me/roles/ask/reserve/{site.pk}/", {"message": "x"}).status_code for site in sites]
    assert said == [302] * 10 + [200]


def test_person_without_an_address_gets_mail_through_who_wrote_them_down(bat: Client, focal_point: Person) -> None:
    response = bat.post("/me/people/add/", PERSON)
    person = Person.objects.get(name="Dorj")
    assert response["Location"] == f"/me/people/{person.pk}/"
    assert (person.email, person.care_of, person.member_state_id, person.user) == ("", focal_point, "MN", None)
    assert list(person.consents.values_list("what", "how", "by_id")) == [("notice", "told", focal_point.user.pk)]
    bat.post(f"/me/people/{person.pk}/edit/", PERSON | {"email": "Dorj@Example.org"})
    person.refresh_from_db()
    assert (person.email, person.care_of) == ("dorj@example.org", None)


def test_person_is_of_an_own_state_and_has_been_told(bat: Client) -> None:
    MemberStateFactory(code="RU")
    assert errors(bat.post("/me/people/add/", PERSON | {"member_state": "RU"})).keys() == {"member_state"}
    assert errors(bat.post("/me/people/add/", {**PERSON, "agreed": ""})) == {
        "agreed": ["Tell the person first, then tick this."]
    }
    assert not Person.objects.filter(name="Dorj").exists()


def test_address_that_is_taken_is_refused_without_saying_by_whom(bat: Client) -> None:
    PersonFactory(email="ivan@example.org", name="Ivan", member_state=MemberStateFactory(code="RU"))
    response = bat.post("/me/people/add/", PERSON | {"email": "ivan@example.org"})
    assert errors(response) == {"email": ["This address cannot be used here. Ask the secretariat if it is theirs."]}
    assert "Ivan" not in response.content.decode()


def test_list_holds_the_own_state_only_and_is_narrowed(bat: Client, focal_point: Person) -> None:
    state, russia = focal_point.member_state, MemberStateFactory(code="RU")
    PersonFactory(name="Saran", native_name="Саран", member_state=state, email="saran@example.org")
    PersonFactory(name="Tuya", member_state=state, email="", care_of=focal_point)
    PersonFactory(name="Ivan", member_state=russia)
    PersonFactory(name="Nobody", member_state=None)

    def found(query: str = "") -> list[str]:
        return [person.name for person in bat.get(f"/me/people/{query}").context["page_obj"]]

    assert found() == ["Bat", "Saran", "Tuya"]
    assert (found("?q=саран"), found("?q=ivan"), found("?role=focal_point")) == (["Saran"], [], ["Bat"])
    assert (found("?mail=care"), found("?mail=own"), found("?mail=care&mail=own")) == (["Tuya"], ["Bat", "Saran"], ["Bat", "Saran", "Tuya"])  # fmt: skip
    assert bat.get("/me/people/?mail=wrong").context["form"].errors.keys() == {"mail"}
    for page in ("0", "x", "2", "-1"):
        assert bat.get(f"/me/people/?page={page}").status_code == 404


def test_lists_have_pages_and_ask_the_same_for_few_and_many(
    bat: Client, focal_point: Person, django_assert_num_queries: Any
) -> None:
    state = focal_point.member_state
    counted = []
    for _round in range(2):
        for _n in range(14):
            person = PersonFactory(member_state=state, email="", care_of=focal_point)
            RegistrationFactory(person=person, event=EventFactory())
        bat.get("/me/people/")
        with django_assert_num_queries(14):
            people = bat.get("/me/people/")
        with django_assert_num_queries(8):
            registrations = bat.get("/me/people/registrations/")
        counted.append((len(people.context["page_obj"]), len(registrations.context["page_obj"])))
    assert counted == [(15, 14), (25, 25)]


def test_registrations_of_the_own_people_only(bat: Client, focal_point: Person) -> None:
    ours = RegistrationFactory(person=PersonFactory(member_state=focal_point.member_state))
    RegistrationFactory(person=PersonFactory(member_state=MemberStateFactory(code="RU")))
    assert list(bat.get("/me/people/registrations/").context["page_obj"]) == [ours]
    assert list(bat.get("/me/people/registrations/?state=waiting").context["page_obj"]) == []


def test_erased_person_is_in_no_list(bat: Client, focal_point: Person) -> None:
    gone = PersonFactory(member_state=focal_point.member_state, name="–", email="", erased_at="2030-01-01T00:00Z")
    assert [person.name for person in bat.get("/me/people/").context["page_obj"]] == ["Bat"]
    assert bat.get(f"/me/people/{gone.pk}/").status_code == 404


def test_transfer_is_agreed_to_and_taken_back(jin: Client, stranger: Person) -> None:
    assert jin.get("/me/privacy/").context["form"].initial == {"transfer": False}
    jin.post("/me/privacy/", {"transfer": "on"})
    assert jin.get("/me/privacy/").context["form"].initial == {"transfer": True}
    jin.post("/me/privacy/", {})
    consent = Consent.objects.get()
    assert (consent.person, consent.what, consent.how) == (stranger, "transfer", "own_page")
    assert consent.withdrawn_at is not None
    assert jin.get("/me/privacy/").context["form"].initial == {"transfer": False}
