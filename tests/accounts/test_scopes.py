"""Who sees what: one rule, asked as a table of people and records."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Person
from accounts.scopes import scope_of
from accounts.sign_in.claims import claim_person
from geoparks.models import Geopark
from network.models import MemberState
from records.scope import EVERYTHING, NOTHING, Scope
from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory, GeoparkFactory, MemberStateFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_scope_of_anonymous_is_nothing() -> None:
    assert scope_of(AnonymousUser()) == NOTHING


def test_scope_of_user_without_person_is_nothing() -> None:
    assert scope_of(UserFactory()) == NOTHING


def test_scope_of_officer_is_everything(officer: Person) -> None:
    assert scope_of(officer.user) == EVERYTHING


def test_scope_of_officer_without_staff_flag_is_nothing(officer: Person) -> None:
    officer.user.is_staff = False
    assert scope_of(officer.user) == NOTHING


def test_scope_of_inactive_officer_is_nothing(officer: Person) -> None:
    officer.user.is_active = False
    assert scope_of(officer.user) == NOTHING


def test_scope_of_focal_point_is_own_state(focal_point: Person) -> None:
    assert scope_of(focal_point.user) == Scope(states=frozenset({"MN"}))


def test_scope_of_focal_point_ends_with_withdrawal(focal_point: Person) -> None:
    focal_point.roles.update(withdrawn_at=timezone.now())
    assert scope_of(focal_point.user) == NOTHING


def test_scope_of_stranger_is_nothing(stranger: Person) -> None:
    assert scope_of(stranger.user) == NOTHING


def test_in_scope_of_state_gives_own_and_shared_sites_only() -> None:
    BiosphereReserveFactory(slug="own", states=["MN"])
    BiosphereReserveFactory(slug="shared", states=["MN", "RU"])
    BiosphereReserveFactory(slug="other", states=["RU"])
    scope = Scope(states=frozenset({"MN"}))
    assert set(BiosphereReserve.objects.in_scope(scope).values_list("slug", flat=True)) == {"own", "shared"}


def test_in_scope_of_single_site_gives_that_kind_only() -> None:
    reserve = BiosphereReserveFactory(slug="own")
    BiosphereReserveFactory(slug="other")
    GeoparkFactory()
    scope = Scope(sites=frozenset({reserve.pk}))
    assert list(BiosphereReserve.objects.in_scope(scope).values_list("slug", flat=True)) == ["own"]
    assert not Geopark.objects.in_scope(scope).exists()


def test_in_scope_of_nothing_gives_no_member_state() -> None:
    MemberStateFactory(code="MN")
    assert not MemberState.objects.in_scope(NOTHING).exists()
    assert MemberState.objects.in_scope(EVERYTHING).count() == 1


def test_claim_joins_the_known_person() -> None:
    person = PersonFactory(email="saran@example.org", name="Saran")
    user = UserFactory(email="saran@example.org")
    assert claim_person(user=user, email="Saran@example.org") == person
    person.refresh_from_db()
    assert person.user == user


def test_claim_makes_a_person_when_none_is_known() -> None:
    user = UserFactory(email="new@example.org")
    claim_person(user=user, email="new@example.org")
    assert list(Person.objects.values_list("email", "user__email")) == [("new@example.org", "new@example.org")]


def test_claim_never_takes_a_person_from_another_user() -> None:
    first, second = UserFactory(), UserFactory()
    person = PersonFactory(email="shared@example.org", user=None)
    person.user = first
    person.save()
    claim_person(user=second, email="shared@example.org")
    person.refresh_from_db()
    assert person.user == first


def test_claim_twice_changes_nothing() -> None:
    user = UserFactory(email="twice@example.org")
    assert claim_person(user=user, email=user.email) == claim_person(user=user, email=user.email)
    assert Person.objects.count() == 1
