"""Erasing an account: what may go goes, and where figures rest on a person a nameless row stays."""

from django.db import transaction
from django.utils import timezone

from history import audit
from records.personal_data import all_holdings

from ..models import Person, RoleGrant, User
from .owner import owner_of


@transaction.atomic
def erase(*, user: User, person: Person | None, by: User) -> bool:
    """Ends the account for good. Whether a nameless row of the person stays, since figures rest on it.

    Every app forgets its part first: what is still to come is cancelled there.
    """
    known = owner_of(person=person, user=user)
    audit.note(what=audit.What.ERASED, by_id=by.pk, on=user)
    figures = any(holding.figures(known) for holding in all_holdings())
    for holding in all_holdings():
        holding.forget(known)
    if person:
        _hand_over(person)
        if figures:
            anonymise(person=person)
        else:
            person.delete()
    user.delete()
    return figures


@transaction.atomic
def anonymise(*, person: Person) -> Person:
    """Leaves of a person the member state and the sex, by which participants are counted, and nothing that names them."""
    Person.objects.filter(pk=person.pk).update(
        user=None,
        name="–",
        native_name="",
        native_language="",
        email="",
        care_of=None,
        language="en",
        time_zone="UTC",
        organisation="",
        position="",
        birth_year=None,
        nationality="",
        erased_at=timezone.now(),
    )
    person.refresh_from_db()
    return person


def _hand_over(person: Person) -> None:
    """Those whose mail came in care of this person get it through another focal point of their state, if there is one."""
    for in_care in person.in_care.select_for_update():
        others = RoleGrant.objects.active().filter(
            role=RoleGrant.Role.FOCAL_POINT, member_state=in_care.member_state_id
        )
        other = others.exclude(person=person).exclude(person__email="").order_by("pk").first()
        in_care.care_of_id = other.person_id if other else None
        in_care.save(update_fields=["care_of"])
