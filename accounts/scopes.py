"""Which records a user may see and touch. One rule; every path asks `scope_of`."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser

from records.scope import EVERYTHING, NOTHING, Scope

from .models import Person, RoleGrant, User

# Stewardship is kept with the sites, on a floor above.
SitesOfPerson = Callable[[Person], set[int]]
_stewardships: list[SitesOfPerson] = []


def register_stewardship(sites_of_person: SitesOfPerson) -> None:
    """Adds a function that gives the numbers of the sites a person is steward of."""
    _stewardships.append(sites_of_person)


def sites_of(person: Person) -> frozenset[int]:
    """The numbers of the sites a person is steward of today."""
    return frozenset(site for sites_of_person in _stewardships for site in sites_of_person(person))


def scope_of(user: User | AnonymousUser) -> Scope:
    """Everything for officers and administrators, own states for focal points, own sites for stewards, else nothing.

    Nothing too for staff who look at a page in a session that has not shown the second factor."""
    if not isinstance(user, User) or not user.is_active or user.is_withheld:
        return NOTHING
    if user.is_superuser:
        return EVERYTHING
    person = Person.objects.filter(user=user).first()
    if person is None:
        return NOTHING
    grants = list(person.roles.active().values_list("role", "member_state"))
    if user.is_staff and any(role == RoleGrant.Role.SECRETARIAT for role, _state in grants):
        return EVERYTHING
    return Scope(
        states=frozenset(state for role, state in grants if role == RoleGrant.Role.FOCAL_POINT),
        sites=sites_of(person),
    )
