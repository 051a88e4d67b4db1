"""A few named people, as fixtures: who may do what is asked of the same few everywhere."""

import re
import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from accounts.models import Person, RoleGrant, User
from designated_sites.models import Stewardship
from tests.factories import BiosphereReserveFactory, MemberStateFactory, PersonFactory, RoleGrantFactory, UserFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(user: User) -> Client:
    """A browser of one's own in which the user is signed in, and has just shown the second factor there is."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    show_factor(client, user)
    user.session_lacks_factor = None  # the object of the test is of no request
    return client


def show_factor(client: Client, user: User) -> None:
    """What is kept of a second factor that this session has shown a moment ago."""
    factor = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).first()
    if factor is None:
        return
    session = client.session
    shown = {"method": "mfa", "at": time.time(), "id": factor.pk, "type": str(factor.type), "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [shown]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(user.pk)
    session.save()


def mailed_code() -> str:
    """The code in the last mail that was sent."""
    found = re.search(r"^ {4}(\d{8})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def give_second_factor(user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def with_account(email: str, name: str, **facts: object) -> Person:
    """A person with a user account whose address is verified."""
    staff = bool(facts.pop("is_staff", False))
    user = UserFactory(email=email, is_staff=staff)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return PersonFactory(user=user, name=name, **facts)


@pytest.fixture
def officer(db: None) -> Person:
    """Oyun keeps the records for the secretariat. No second factor set up."""
    person = with_account("oyun@example.org", "Oyun", is_staff=True)
    RoleGrantFactory(person=person, role=RoleGrant.Role.SECRETARIAT)
    return person


@pytest.fixture
def focal_point(db: None) -> Person:
    """Bat answers for Mongolia."""
    mongolia = MemberStateFactory(code="MN")
    person = with_account("bat@example.org", "Bat", member_state=mongolia)
    RoleGrantFactory(person=person, role=RoleGrant.Role.FOCAL_POINT, member_state=mongolia)
    return person


@pytest.fixture
def other_focal_point(db: None) -> Person:
    """Vera answers for the Russian Federation: the neighbour who may not look over the fence."""
    russia = MemberStateFactory(code="RU")
    person = with_account("vera@example.org", "Vera", member_state=russia)
    RoleGrantFactory(person=person, role=RoleGrant.Role.FOCAL_POINT, member_state=russia)
    return person


@pytest.fixture
def trainer(db: None) -> Person:
    """Aiko leads sessions, and is of no state."""
    person = with_account("aiko@example.org", "Aiko")
    RoleGrantFactory(person=person, role=RoleGrant.Role.TRAINER)
    return person


@pytest.fixture
def steward(db: None) -> Person:
    """Saruul looks after one reserve of Mongolia, `steward.stewardships.get().site`."""
    person = with_account("saruul@example.org", "Saruul", member_state=MemberStateFactory(code="MN"))
    Stewardship.objects.create(site=BiosphereReserveFactory(slug="stewarded", name="Stewarded"), person=person)
    return person


@pytest.fixture
def stranger(db: None) -> Person:
    """Jin signed up and holds no role."""
    return with_account("jin@example.org", "Jin")


@pytest.fixture
def officer_client(officer: Person) -> Client:
    """Oyun's browser, with her second factor set up."""
    give_second_factor(officer.user)
    return signed_in(officer.user)


@pytest.fixture
def administrator(db: None) -> User:
    """Keeps accounts and roles; second factor set up."""
    user = UserFactory(email="root@example.org", is_staff=True, is_superuser=True)
    give_second_factor(user)
    return user


@pytest.fixture
def administrator_client(administrator: User) -> Client:
    return signed_in(administrator)
