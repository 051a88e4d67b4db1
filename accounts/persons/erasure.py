"""Erasing what is held about a human being: what may go goes, and where figures rest on a person a nameless row stays.

An account ends by its own hand, or by an officer's for somebody who asks, with an account or without.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from history import audit
from history.actor import acting
from records.personal_data import Owner, all_holdings
from records.personal_data import mentions as texts
from records.personal_data.mentions import Mention

from ..models import Person, RoleGrant, User
from . import mailboxes, sign_ins
from .owner import accounts_of, marks_of, owner_of, sure_marks_of


@dataclass(frozen=True)
class Erased:
    """`figures`: a nameless row of the person stays. `left`: public records that still tell the name."""

    figures: bool
    texts: int
    left: tuple[str, ...]


@transaction.atomic
def erase(*, user: User, person: Person | None, by: User) -> bool:
    """Ends an account for good, by the hand of whose it is. Whether a nameless row of the person stays."""
    return erase_owner(owner=owner_of(person=person, user=user), by=by).figures


@transaction.atomic
def erase_owner(*, owner: Owner, by: User, why: str = "", also: Collection[str] = ()) -> Erased:
    """Erases all that is held about somebody. ValidationError says why not.

    Every app forgets its part first: what is still to come is cancelled there. `why` is a code for the audit list. `also`
    names texts, by the id of the mention, in which a name is taken out although it might be somebody else's.
    """
    refuse_erasing(owner=owner, by=by)
    marks, sure = marks_of(owner), sure_marks_of(owner)
    linked = {mention.id for mention in _linked(owner)}
    figures = forget(owner=owner)
    found = texts.find(marks, sure)
    chosen = [one for one in found if one.id in also or one.of in also or one.id in linked]
    certain = [one for one in found if one.sure and one not in chosen]
    with acting(by.pk, reason=why):
        changed = texts.take_out(certain, sure) + texts.take_out(chosen, marks)
    sign_ins.end(owner=owner)
    left = tuple(one.id for one in texts.find(sure) if not one.of)
    audit.note(
        what=audit.What.ERASED,
        by_id=by.pk,
        on=User(pk=owner.user_id) if owner.user_id else Person(pk=owner.person_id) if owner.person_id else None,
        detail=" ".join([*filter(None, [why]), f"texts:{changed}", *(f"left:{one}" for one in left)]),
    )
    return Erased(figures, changed, left)


def refuse_erasing(*, owner: Owner, by: User) -> None:
    """ValidationError, in words for who asks. Staff are erased by themselves or an administrator; one administrator stays."""
    for user in accounts_of(owner):
        if user.is_superuser and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk):
            raise ValidationError(_("You are the only administrator. Name another one first."))
        if user.is_staff and user.pk != by.pk and not by.is_superuser:
            raise ValidationError(_("Only an administrator erases the account of an officer."))


@transaction.atomic
def forget(*, owner: Owner) -> bool:
    """Every app forgets its part, then account and person go. Whether a nameless row of the person stays."""
    figures = any(holding.figures(owner) for holding in all_holdings())
    users = list(accounts_of(owner))
    person = Person.objects.filter(pk=owner.person_id).first()
    speaks = person is not None and person.roles.filter(role=RoleGrant.Role.FOCAL_POINT).exists()
    for holding in all_holdings():
        holding.forget(owner)
    if person:
        if speaks:
            _hand_over(person)
        else:
            mailboxes.leave_mailbox(person=person)
        if figures:
            anonymise(person=person)
        else:
            person.delete()
    for user in users:
        user.delete()
    return figures


@transaction.atomic
def forget_all(*, owner: Iterable[Owner]) -> int:
    """The same for many, and the texts that can mean nobody else, looked through once. How many people."""
    owners = list(owner)
    sure = reduce(or_, (sure_marks_of(one) for one in owners), texts.Marks())
    for one in owners:
        forget(owner=one)
    texts.take_out((one for one in texts.find(sure) if one.sure), sure)
    return len(owners)


def _linked(owner: Owner) -> list[Mention]:
    """Records that are joined with the person by key and tell the name in words too."""
    if not owner.person_id:
        return []
    sessions = Person.objects.get(pk=owner.person_id).led_sessions
    return [
        Mention(sessions.model._meta.db_table, str(pk), ("trainer_names",), public=True)
        for pk in sessions.values_list("pk", flat=True)
    ]


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
