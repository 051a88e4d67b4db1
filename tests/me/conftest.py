"""Two states with a person, a site, a trainer and a request each: what is one's own, and what is somebody else's."""

from dataclasses import dataclass

import pytest
from django.test import Client

from accounts.models import Person, RoleGrant, RoleRequest
from accounts.roles import requests as role_requests
from designated_sites.models import Stewardship
from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory, MemberStateFactory, PersonFactory, RoleGrantFactory
from tests.people import give_second_factor, signed_in

WHO = ("officer", "focal_point", "other_focal_point", "steward", "trainer", "stranger", "anonymous")


@dataclass
class State:
    """What belongs to one member state."""

    person: Person
    trainer_grant: RoleGrant
    site: BiosphereReserve
    steward: Person
    request: RoleRequest


def state_of(code: str) -> State:
    state = MemberStateFactory(code=code)
    site = BiosphereReserveFactory(slug=f"site-{code.lower()}", states=[code])
    steward = PersonFactory(name=f"Steward {code}", member_state=state)
    Stewardship.objects.create(site=site, person=steward)
    asking = PersonFactory(name=f"Asking {code}", member_state=state)
    return State(
        person=PersonFactory(name=f"Person {code}", email=f"person-{code.lower()}@example.org", member_state=state),
        trainer_grant=RoleGrantFactory(person=PersonFactory(name=f"Trainer {code}", member_state=state)),
        site=site,
        steward=steward,
        request=role_requests.ask(person=asking, role="steward", message="Please", site=("reserve", site.pk)),
    )


@pytest.fixture
def mongolia(db: None) -> State:
    return state_of("MN")


@pytest.fixture
def russia(db: None) -> State:
    return state_of("RU")


@pytest.fixture
def clients(
    officer: Person,
    focal_point: Person,
    other_focal_point: Person,
    steward: Person,
    trainer: Person,
    stranger: Person,
) -> dict[str, Client]:
    """A browser for each of WHO; the officer's second factor is set up."""
    give_second_factor(officer.user)
    people = dict(zip(WHO[:-1], (officer, focal_point, other_focal_point, steward, trainer, stranger), strict=True))
    return {**{who: signed_in(person.user) for who, person in people.items()}, "anonymous": Client()}
