"""Giving a role to a person and taking it away. A grant is never deleted: who held what, when, stays known."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from history import audit
from network.models import MemberState
from notifications import outbox

from ..mails import GRANTED, WITHDRAWN
from ..models import Person, RoleGrant, User
from ..persons.recipients import recipient_of


def refuse_grant(*, person: Person, role: str, by: User | None) -> None:
    """ValidationError, in words for the one who asks, when this role cannot be given. `by` None is the portal itself."""
    if role != RoleGrant.Role.SECRETARIAT:
        return
    _refuse_all_but_administrators(by)
    if person.user_id is None:
        raise ValidationError(
            _("%(person)s has no account yet. An officer signs up first, with the address kept here.")
            % {"person": person}
        )


def refuse_withdrawal(*, grant: RoleGrant, by: User | None) -> None:
    """ValidationError, in words for the one who asks, when this role cannot be taken away."""
    if grant.withdrawn_at is not None:
        raise ValidationError(_("This role was withdrawn already."))
    if grant.role == RoleGrant.Role.SECRETARIAT:
        _refuse_all_but_administrators(by)


def _refuse_all_but_administrators(by: User | None) -> None:
    if by is not None and not by.is_superuser:
        raise ValidationError(_("Only an administrator gives the role of secretariat officer or takes it away."))


@transaction.atomic
def grant(*, person: Person, role: str, member_state: MemberState | None, by: User | None, reason: str) -> RoleGrant:
    """Gives a role. A secretariat officer may from then on enter the admin. ValidationError says why not."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    refuse_grant(person=person, role=role, by=by)
    granted = RoleGrant(person=person, role=role, member_state=member_state, granted_by=by, reason=reason)
    granted.full_clean()
    granted.save()
    set_staff(user=person.user)
    outbox.put(kind=GRANTED.name, subject=granted, recipient=recipient_of(person))
    audit.note(what=audit.What.ROLE_GRANTED, by_id=by.pk if by else None, on=person, detail=_of_what(granted))
    return granted


@transaction.atomic
def withdraw(*, grant: RoleGrant, by: User | None, reason: str) -> RoleGrant:
    """Takes a role away, from now on; with the last role of an officer goes the way into the admin."""
    grant = RoleGrant.objects.select_for_update(of=("self",)).select_related("person").get(pk=grant.pk)
    refuse_withdrawal(grant=grant, by=by)
    grant.withdrawn_at = timezone.now()
    grant.reason = "; ".join(filter(None, [grant.reason, _("withdrawn: %(reason)s") % {"reason": reason}]))[:300]
    grant.save(update_fields=["withdrawn_at", "reason"])
    set_staff(user=grant.person.user)
    outbox.put(kind=WITHDRAWN.name, subject=grant, recipient=recipient_of(grant.person))
    audit.note(what=audit.What.ROLE_WITHDRAWN, by_id=by.pk if by else None, on=grant.person, detail=_of_what(grant))
    return grant


def _of_what(grant: RoleGrant) -> str:
    return " ".join(filter(None, [grant.role, grant.member_state_id]))


@transaction.atomic
def set_staff(*, user: User | None) -> None:
    """Officers and administrators enter the admin, nobody else."""
    if user is None:
        return
    user = User.objects.select_for_update().get(pk=user.pk)
    officers = RoleGrant.objects.active().filter(role=RoleGrant.Role.SECRETARIAT)
    user.is_staff = user.is_superuser or officers.filter(person__user=user).exists()
    user.save(update_fields=["is_staff"])
