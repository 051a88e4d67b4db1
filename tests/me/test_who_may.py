"""Role, record, act, own or another's: what each gets by screen, and by a POST that no screen has offered."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Person, RoleGrant, RoleRequest
from activities.models import Material, Session
from designated_sites.models import LinkedSite, Stewardship
from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    MemberStateFactory,
    PersonFactory,
    RoleGrantFactory,
)
from tests.me.conftest import WHO, State

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
EVERYBODY = (200, 200, 200, 200, 200, 200, 302)
PERSON = {
    "name": "Dorj", "native_name": "Дорж", "native_language": "mn", "email": "dorj@example.org", "organisation": "Hustai",
    "position": "Ranger", "language": "mn", "time_zone": "Asia/Ulaanbaatar", "agreed": "on",
}  # fmt: skip

# officer, focal point of Mongolia, of Russia, steward, trainer, stranger, anonymous
SCREENS: dict[str, tuple[Callable[[State], str], tuple[int, ...]]] = {
    "overview": (lambda mn: "/me/", EVERYBODY),
    "profile": (lambda mn: "/me/profile/", EVERYBODY),
    "sites": (lambda mn: "/me/sites/?q=site", EVERYBODY),
    "roles": (lambda mn: "/me/roles/", EVERYBODY),
    "ask": (lambda mn: "/me/roles/ask/", EVERYBODY),
    "ask for a site": (lambda mn: f"/me/roles/ask/reserve/{mn.site.pk}/", EVERYBODY),
    "ask for no site": (lambda mn: "/me/roles/ask/reserve/0/", (404, 404, 404, 404, 404, 404, 302)),
    "ask for no kind": (lambda mn: f"/me/roles/ask/person/{mn.site.pk}/", (404, 404, 404, 404, 404, 404, 302)),
    "privacy": (lambda mn: "/me/privacy/", EVERYBODY),
    "data": (lambda mn: "/me/data.json", EVERYBODY),
    "data to read": (lambda mn: "/me/data/", EVERYBODY),
    "people": (lambda mn: "/me/people/", (200, 200, 200, 404, 404, 404, 302)),
    "registrations": (lambda mn: "/me/people/registrations/", (200, 200, 200, 404, 404, 404, 302)),
    "requests": (lambda mn: "/me/requests/", (200, 200, 200, 404, 404, 404, 302)),
    "add a person": (lambda mn: "/me/people/add/", (404, 200, 200, 404, 404, 404, 302)),
    "person": (lambda mn: f"/me/people/{mn.person.pk}/", (200, 200, 404, 404, 404, 404, 302)),
    "edit a person": (lambda mn: f"/me/people/{mn.person.pk}/edit/", (404, 200, 404, 404, 404, 404, 302)),
    "request": (lambda mn: f"/me/requests/{mn.request.pk}/", (200, 200, 404, 404, 404, 404, 302)),
    "take a role": (lambda mn: f"/me/roles/{mn.trainer_grant.pk}/give-back/", (200, 200, 404, 404, 404, 404, 302)),
    "end a stewardship": (
        lambda mn: f"/me/roles/reserve/{mn.site.pk}/{mn.steward.pk}/end/",
        (200, 200, 404, 404, 404, 404, 302),
    ),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_screen_shows_itself_to_those_it_is_for(screen: str, clients: dict[str, Client], mongolia: State) -> None:
    address, expected = SCREENS[screen]
    got = {who: clients[who].get(address(mongolia)).status_code for who in WHO}
    assert got == dict(zip(WHO, expected, strict=True))


def _decided(mn: State) -> bool:
    return RoleRequest.objects.get(pk=mn.request.pk).state != "asked"


def _taken(mn: State) -> bool:
    return RoleGrant.objects.get(pk=mn.trainer_grant.pk).withdrawn_at is not None


def _ended(mn: State) -> bool:
    return Stewardship.objects.get(person=mn.steward).until is not None


# The same order; True where the act is done. Where it is not: 404, or to the sign-in.
POSTS: dict[str, tuple[Callable[[State], str], dict[str, str], Callable[[State], bool], str]] = {
    "grant": (lambda mn: f"/me/requests/{mn.request.pk}/", {"decision": "grant", "reason": "Named"}, _decided, "of"),
    "refuse": (lambda mn: f"/me/requests/{mn.request.pk}/", {"decision": "refuse", "reason": "No"}, _decided, "of"),
    "take": (lambda mn: f"/me/roles/{mn.trainer_grant.pk}/give-back/", {"reason": "Moved"}, _taken, "of"),
    "end": (lambda mn: f"/me/roles/reserve/{mn.site.pk}/{mn.steward.pk}/end/", {"reason": "Moved"}, _ended, "of"),
    "edit": (
        lambda mn: f"/me/people/{mn.person.pk}/edit/", {**PERSON, "member_state": "MN"},
        lambda mn: Person.objects.get(pk=mn.person.pk).name == "Dorj", "f",
    ),
    "add": (
        lambda mn: "/me/people/add/", {**PERSON, "member_state": "MN"},
        lambda mn: Person.objects.filter(name="Dorj").exists(), "f",
    ),
}  # fmt: skip


@pytest.fixture
def session(trainer: Person) -> Session:
    """Led by the trainer of WHO, with a material of theirs; another session of the event is led by somebody else."""
    start = dt.datetime(2030, 10, 1, 1, tzinfo=dt.UTC)
    event = EventFactory(starts_at=start)
    hours = {"starts_at": start, "ends_at": start + dt.timedelta(hours=1)}
    own, other = (event.sessions.create(title=name, **hours) for name in ("Birds", "Fish"))
    own.trainers.add(trainer)
    other.trainers.add(PersonFactory(name="Somebody else"))
    for session in (own, other):
        event.materials.create(session=session, title="Slides", kind="slides", url="https://example.org/slides")
    return own


NEW = {"title": "New", "kind": "handout", "language": "mn", "url": "https://example.org/new", "visibility": "public"}
# What is done to the material of a session by its address, and what of it is seen to be done.
OF_SESSION: dict[str, tuple[str, dict[str, str], Callable[[Session], bool]]] = {
    "put up": ("", NEW, lambda session: session.materials.count() == 2),
    "describe": ("materials/{}/", NEW, lambda session: session.materials.get().title == "New"),
    "take down": ("materials/{}/take-down/", {}, lambda session: not session.materials.exists()),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("act", OF_SESSION)
def test_material_of_a_session_is_its_trainers_alone(
    act: str, who: str, clients: dict[str, Client], session: Session
) -> None:
    tail, data, done = OF_SESSION[act]
    other = session.activity.sessions.get(title="Fish")
    whole = session.activity.materials.create(title="All", kind="slides", url="https://example.org/all")
    foreign = [
        f"/me/sessions/event/{other.pk}/{tail.format(other.materials.get().pk)}",
        f"/me/sessions/training/{session.pk}/{tail.format(session.materials.get().pk)}",
        "/me/sessions/event/0/",
    ]
    if tail:  # of one's own session by the address, but the material of another, or of the whole event
        foreign += [f"/me/sessions/event/{session.pk}/{tail.format(pk)}" for pk in (other.materials.get().pk, whole.pk)]
    before = list(Material.objects.order_by("pk").values())
    refused = 302 if who == "anonymous" else 404
    assert {clients[who].post(address, data).status_code for address in foreign} == {refused}
    if act != "take down":
        assert {clients[who].get(address).status_code for address in foreign} == {refused}
    assert list(Material.objects.order_by("pk").values()) == before
    own = f"/me/sessions/event/{session.pk}/{tail.format(session.materials.get().pk)}"
    if act != "take down":
        assert clients[who].get(own).status_code == (200 if who == "trainer" else refused)
    answer: Any = clients[who].post(own, data)
    assert (answer.status_code, done(session)) == ((302, True) if who == "trainer" else (refused, False))


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("post", POSTS)
def test_post_does_what_the_screen_may_and_nothing_else(
    post: str, who: str, clients: dict[str, Client], mongolia: State
) -> None:
    address, data, done, allowed = POSTS[post]
    response: Any = clients[who].post(address(mongolia), data)
    may = who in {"o": ("officer",), "f": ("focal_point",), "of": ("officer", "focal_point")}[allowed]
    assert done(mongolia) is may
    if may:
        assert response.status_code == 302
        assert "/accounts/" not in response["Location"]
    elif who == "anonymous":
        assert response["Location"].startswith("/accounts/login/")
    elif post == "add" and who == "other_focal_point":  # adds people too, but none of Mongolia
        assert response.context["form"].errors.keys() == {"member_state"}
    else:
        assert response.status_code == 404


def test_officer_without_second_factor_sees_nobody(officer: Person, mongolia: State) -> None:
    from_outside = Client()
    from_outside.force_login(officer.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in (
        "/me/people/", f"/me/people/{mongolia.person.pk}/", "/me/requests/", "/me/people/registrations/",
        f"/me/roles/{mongolia.trainer_grant.pk}/give-back/",
    ):  # fmt: skip
        assert from_outside.get(address)["Location"] == "/accounts/2fa/"
    decided = from_outside.post(f"/me/requests/{mongolia.request.pk}/", {"decision": "grant", "reason": "Named"})
    assert decided["Location"] == "/accounts/2fa/"
    taken = from_outside.post(f"/me/roles/{mongolia.trainer_grant.pk}/give-back/", {"reason": "Moved"})
    assert taken["Location"] == "/accounts/2fa/"
    assert (_decided(mongolia), _taken(mongolia)) == (False, False)


@pytest.mark.parametrize("who", ["focal_point", "trainer"])
def test_own_role_is_given_back(who: str, clients: dict[str, Client], request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    grant = person.roles.get()
    address = f"/me/roles/{grant.pk}/give-back/"
    others = [name for name in WHO if name not in (who, "officer", "anonymous")]
    assert {name: clients[name].post(address, {"reason": "x"}).status_code for name in others} == dict.fromkeys(
        others, 404
    )
    assert clients[who].post(address, {"reason": "New work"})["Location"] == "/me/roles/"
    grant.refresh_from_db()
    assert grant.withdrawn_at is not None


def test_own_stewardship_is_given_back(clients: dict[str, Client], steward: Person) -> None:
    site = steward.stewardships.get().site
    address = f"/me/roles/reserve/{site.pk}/{steward.pk}/end/"
    assert clients["stranger"].post(address, {"reason": "x"}).status_code == 404
    assert clients["steward"].post(address, {"reason": "New work"})["Location"] == "/me/roles/"
    assert clients["steward"].get(address).context["form"].errors == {}
    assert clients["steward"].post(address, {"reason": "Again"}).context["form"].errors == {
        "__all__": ["The person is not steward of this site."]
    }


def test_ending_leads_to_a_page_that_is_there(clients: dict[str, Client], mongolia: State, russia: State) -> None:
    Stewardship.objects.create(site=mongolia.site, person=russia.person)
    for person, then in ((mongolia.steward, f"/me/people/{mongolia.steward.pk}/"), (russia.person, "/me/people/")):
        address = f"/me/roles/reserve/{mongolia.site.pk}/{person.pk}/end/"
        response = clients["focal_point"].post(address, follow=True)
        assert (response.redirect_chain, response.status_code) == ([(then, 302)], 200)


def test_role_of_an_officer_is_taken_by_administrators_only(clients: dict[str, Client], officer: Person) -> None:
    address = f"/me/roles/{officer.roles.get().pk}/give-back/"
    assert clients["focal_point"].post(address, {"reason": "x"}).status_code == 404
    refused = clients["officer"].post(address, {"reason": "Tired"})
    assert refused.context["form"].errors == {
        "__all__": ["Only an administrator gives the role of secretariat officer or takes it away."]
    }


def test_person_with_an_account_is_edited_by_nobody_else(clients: dict[str, Client], steward: Person) -> None:
    address = f"/me/people/{steward.pk}/edit/"
    assert clients["focal_point"].get(f"/me/people/{steward.pk}/").status_code == 200
    assert clients["focal_point"].get(address).status_code == 404
    assert clients["focal_point"].post(address, PERSON | {"member_state": "MN"}).status_code == 404


@pytest.mark.parametrize("path", ["/me/sites/reserve/1/", "/me/roles/asked/1/take-back/"])
def test_acts_answer_to_post_only(path: str, clients: dict[str, Client]) -> None:
    assert clients["stranger"].get(path).status_code == 405


def test_request_of_another_is_not_taken_back(clients: dict[str, Client], mongolia: State) -> None:
    address = f"/me/roles/asked/{mongolia.request.pk}/take-back/"
    got = {who: clients[who].post(address).status_code for who in WHO}
    assert got == dict.fromkeys(WHO[:-1], 404) | {"anonymous": 302}
    assert _decided(mongolia) is False


def test_link_goes_to_the_own_profile_and_to_no_other_host(
    clients: dict[str, Client], stranger: Person, mongolia: State
) -> None:
    address = f"/me/sites/reserve/{mongolia.site.pk}/"
    response = clients["stranger"].post(address, {"do": "link", "back": "https://elsewhere.example/"})
    assert response["Location"] == "/me/sites/"
    assert list(LinkedSite.objects.values_list("person", "site__site_type", "site")) == [
        (stranger.pk, "reserve", mongolia.site.pk)
    ]
    assert clients["stranger"].post("/me/sites/reserve/0/", {"do": "link"}).status_code == 404
    assert clients["stranger"].post("/me/sites/person/1/", {"do": "unlink"}).status_code in {302, 404}
    clients["stranger"].post(address, {"do": "unlink"})
    assert not LinkedSite.objects.exists()


def test_pages_are_kept_by_no_cache(clients: dict[str, Client]) -> None:
    for address in ("/me/", "/me/people/", "/me/data.json", "/me/profile/"):
        assert "no-store" in clients["focal_point"].get(address)["Cache-Control"]


@pytest.mark.parametrize("role", ["trainer", "focal_point", "steward"])
@pytest.mark.parametrize("address", ["mine@example.org", ""])
def test_address_of_somebody_with_a_role_is_the_secretariats_to_change(
    role: str, address: str, clients: dict[str, Client], mongolia: State
) -> None:
    """Whoever has the address has the role: a focal point could take over one that reaches into another state."""
    person = mongolia.person
    person.email = "theirs@example.org"
    person.care_of = None
    person.save()
    if role == "steward":
        Stewardship.objects.create(site=BiosphereReserveFactory(slug="theirs"), person=person)
    else:
        state = MemberStateFactory(code="RU") if role == "focal_point" else None
        RoleGrantFactory(person=person, role=role, member_state=state)
    edit = f"/me/people/{person.pk}/edit/"
    answer = clients["focal_point"].post(edit, {**PERSON, "member_state": "MN", "email": address})
    assert "Only the secretariat changes the address." in str(answer.context["form"].non_field_errors())
    person.refresh_from_db()
    assert person.email == "theirs@example.org"
    kept = clients["focal_point"].post(edit, {**PERSON, "name": "Another", "member_state": "MN", "email": person.email})
    assert kept.status_code == 302
