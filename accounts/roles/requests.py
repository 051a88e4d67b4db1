"""Asking for a role, and deciding about it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from history import audit
from network.models import MemberState
from notifications import outbox

from ..mails import ASKED, REFUSED
from ..models import Person, RoleGrant, RoleRequest, User
from ..persons.recipients import recipient_of
from ..scopes import scope_of
from ..sites import site_numbered
from . import granting, stewardships

State, Role = RoleRequest.State, RoleRequest.Role


@transaction.atomic
def ask(
    *,
    person: Person,
    role: str,
    message: str,
    member_state: MemberState | None = None,
    site: tuple[str, int] | None = None,
) -> RoleRequest:
    """Writes down that a person wants a role, and tells those who decide. ValidationError says why not."""
    request = RoleRequest(person=person, role=role, message=message, member_state=member_state)
    if site:
        facts = stewardships.known_site(*site)
        request.site_id = facts.pk
        request.state_codes = sorted(facts.state_codes)
    elif role == Role.TRAINER and person.member_state_id:
        request.state_codes = [person.member_state_id]
    _refuse_what_is_held(request)
    request.full_clean()
    request.save()
    for decider in deciders(request):
        outbox.put(kind=ASKED.name, subject=request, recipient=recipient_of(decider))
    return request


def _refuse_what_is_held(request: RoleRequest) -> None:
    held = request.person.roles.active().filter(role=request.role, member_state=request.member_state).exists()
    user = request.person.user
    if request.site_id and user:
        held = request.site_id in scope_of(user).sites
    if held:
        raise ValidationError(_("You hold this role already."))


def deciders(request: RoleRequest) -> list[Person]:
    """The focal points of the states that may decide, and the officers; without the person who asks."""
    focal_points = RoleGrant.objects.active().filter(
        role=RoleGrant.Role.FOCAL_POINT, member_state__in=request.state_codes
    )
    officers = RoleGrant.objects.active().filter(role=RoleGrant.Role.SECRETARIAT, person__user__is_active=True)
    keys = {*focal_points.values_list("person", flat=True), *officers.values_list("person", flat=True)}
    return list(
        Person.objects.known().select_related("care_of").filter(pk__in=keys - {request.person_id}).order_by("pk")
    )


@transaction.atomic
def grant(*, request: RoleRequest, by: User, reason: str) -> RoleRequest:
    """Gives what was asked for, by the act of the role itself. ValidationError says why not."""
    request = _locked(request, by)
    if request.role == Role.STEWARD:
        stewardships.begin_at(person=request.person, site=stewardships.known(site_numbered(request.site_id)), by=by)
    else:
        granting.grant(
            person=request.person, role=request.role, member_state=request.member_state, by=by, reason=reason
        )
    return _decided(request, State.GRANTED, by, reason)


@transaction.atomic
def refuse(*, request: RoleRequest, by: User, reason: str) -> RoleRequest:
    """Says no, with a reason that the person reads."""
    request = _locked(request, by)
    if not reason.strip():
        raise ValidationError(_("Say why, in a few words."))
    request = _decided(request, State.REFUSED, by, reason)
    outbox.put(kind=REFUSED.name, subject=request, recipient=recipient_of(request.person))
    audit.note(what=audit.What.ROLE_REFUSED, by_id=by.pk, on=request.person, detail=request.role)
    return request


@transaction.atomic
def take_back(*, request: RoleRequest, by: User) -> RoleRequest:
    """The person no longer wants it; mails to those who decide that still wait are not sent."""
    request = _waiting(request)
    if request.person.user_id != by.pk:
        raise ValidationError(_("Only who has asked takes a request back."))
    return _decided(request, State.TAKEN_BACK, by, "")


def _waiting(request: RoleRequest) -> RoleRequest:
    request = RoleRequest.objects.select_for_update(of=("self",)).select_related("person__care_of").get(pk=request.pk)
    if request.state != State.ASKED:
        raise ValidationError(_("This request was decided already."))
    return request


def _locked(request: RoleRequest, by: User) -> RoleRequest:
    """The request, locked, if this user may decide it: by scope, and never the own one."""
    request = _waiting(request)
    if request.person.user_id == by.pk:
        raise ValidationError(_("Nobody decides about an own request."))
    if not RoleRequest.objects.in_scope(scope_of(by)).filter(pk=request.pk).exists():
        raise ValidationError(_("This request is not yours to decide."))
    return request


def _decided(request: RoleRequest, state: str, by: User, reason: str) -> RoleRequest:
    request.state, request.decided_at, request.decided_by, request.reason = state, timezone.now(), by, reason
    request.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    return request
