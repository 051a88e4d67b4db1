"""Who may take which role from whom, beside the officers in the admin: focal points, and everybody the own ones."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from history import audit

from ..models import Person, RoleGrant, User
from ..scopes import scope_of
from ..sites import SiteFacts, sites
from . import granting, stewardships


def may_withdraw(*, grant: RoleGrant, by: User) -> bool:
    """An own role; or, of a person of an own state, that of trainer. An officer any but that of an officer."""
    if grant.person.user_id == by.pk or by.is_superuser:
        return True
    scope = scope_of(by)
    if scope.all:
        return grant.role != RoleGrant.Role.SECRETARIAT
    return grant.role == RoleGrant.Role.TRAINER and grant.person.member_state_id in scope.states


def may_end(*, person: Person, site: SiteFacts, by: User) -> bool:
    """An own stewardship, or one of a site of an own state."""
    scope = scope_of(by)
    return person.user_id == by.pk or scope.all or bool(site.state_codes & scope.states)


@transaction.atomic
def withdraw(*, grant: RoleGrant, by: User, reason: str) -> RoleGrant:
    if not may_withdraw(grant=grant, by=by):
        raise ValidationError(_("This role is not yours to take away."))
    return granting.withdraw(grant=grant, by=by, reason=reason)


@transaction.atomic
def end_stewardship(*, person: Person, kind: str, key: int, by: User) -> None:
    site = stewardships.known_site(kind, key)
    if not may_end(person=person, site=site, by=by):
        raise ValidationError(_("This role is not yours to take away."))
    stewardships.end(person=person, kind=kind, key=key, by=by)


@transaction.atomic
def end_of_former_address(*, person: Person) -> None:
    """Ends the roles that a person was given while known by another address than the one just proven."""
    if person.address_since is None:
        return
    for grant in person.roles.active().filter(granted_at__lt=person.address_since):
        granting.withdraw(grant=grant, by=None, reason=_("given to a former address"))
    for site, since in sites().held_since(person).items():
        if since is None or since <= person.address_since.date():
            sites().end(person, site)
            audit.note(what=audit.What.ROLE_WITHDRAWN, by_id=None, on=person, detail=f"steward {site}, former address")
