"""A person is not an address: several people may be reached through one mailbox, and each is somebody of their own.

The one whom records knew first by an address bears it; the mail of the others comes in care of that person. Who is meant is
told by the name. What a stranger types never changes anybody whom the records know already.
"""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from records.formats.names import fold

from ..models import Consent, Person, User
from . import consents
from .roles_held import holds_a_role

# What a new person of a mailbox is told by
FACTS = ("organisation", "member_state", "time_zone", "language")


def is_same_name(person: Person, name: str, native_name: str = "") -> bool:
    """Whether a name that was typed is this person's; two who are called alike differ by the name in the own script."""
    if not alike(person.name, name):
        return False
    return not native_name or not person.native_name or alike(person.native_name, native_name)


def alike(one: str, other: str) -> bool:
    return (fold(one) or one) == (fold(other) or other)


def is_unnamed(person: Person) -> bool:
    """An account that never said a name is called after its address."""
    return person.name == person.email.partition("@")[0]


def mailbox_of(person: Person) -> str:
    """The address at which the person is reached, their own or another's; empty if there is none."""
    return person.email or (person.care_of.email if person.care_of else "")


def answers_for(user: User, person: Person) -> bool:
    """Whether a user is the person, or reads the mailbox through which a person without address and account is reached."""
    if person.user_id is not None or person.email:
        return person.user_id == user.pk
    return person.care_of is not None and person.care_of.user_id == user.pk


def of_reader(user: User, through: str = "") -> Q:
    """The same as a condition of a query; `through` leads to the person, such as `person__`."""
    own = {f"{through}user": user.pk}
    return Q(**own) | Q(**{f"{through}user": None, f"{through}email": "", f"{through}care_of__user": user.pk})


def people_of(email: str) -> "list[Person]":
    """Everybody who is reached through a mailbox: first whose address it is."""
    owner = Person.objects.filter(email=email).first() if email else None
    return [owner, *owner.in_care.known().select_related("care_of").order_by("pk")] if owner else []


@transaction.atomic
def person_of_mailbox(*, email: str, name: str, native_name: str = "", facts: Mapping[str, object]) -> Person:
    """Who is called so and is reached through that mailbox: found, or else made. Nobody's facts are changed.

    The row of whose address it is stays locked, so that two who come at once for the same person find one.
    """
    made = {one: facts[one] for one in FACTS if one in facts} | {"name": name, "native_name": native_name}
    owner, new = Person.objects.select_for_update(of=("self",)).get_or_create(email=email.lower(), defaults=made)
    return owner if new else colleague_of(owner=owner, name=name, native_name=native_name, facts=facts)


@transaction.atomic
def colleague_of(*, owner: Person, name: str, native_name: str = "", facts: Mapping[str, object]) -> Person:
    """Who is called so among those who are reached at somebody's address, that person among them; else somebody new."""
    owner = Person.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    others = owner.in_care.known().filter(user=None).select_related("care_of").order_by("pk")
    for one in (owner, *others):
        if is_same_name(one, name, native_name):
            return one
    made = {one: facts[one] for one in FACTS if one in facts}
    return Person.objects.create(name=name, native_name=native_name, care_of=owner, **made)


@transaction.atomic
def leave_mailbox(*, person: Person) -> None:
    """The person is reached elsewhere from now on. Whoever was reached at the old address still is: the first of them bears it.

    Who speaks for a member state takes those along whom they answer for.
    """
    if not person.email or holds_a_role(person):
        return
    others = list(person.in_care.known().select_for_update(of=("self",)).order_by("pk"))
    address, person.email = person.email, ""
    person.save(update_fields=["email"])
    if not others:
        return
    first, *rest = others
    first.email, first.care_of = address, None
    first.save(update_fields=["email", "care_of"])
    for one in rest:
        one.care_of = first
        one.save(update_fields=["care_of"])


@transaction.atomic
def reach_at(*, person: Person, email: str) -> Person:
    """A person without account and role is reached at an address of which it is proven that they read it. Who that is now:
    the person, or somebody of the same name who was known by that address before."""
    owner = Person.objects.select_for_update(of=("self",)).filter(email=email).exclude(pk=person.pk).first()
    if owner is not None and (known := _called_like(person, (owner, *owner.in_care.known().filter(user=None)))):
        return known
    leave_mailbox(person=person)
    person.email, person.care_of = ("", owner) if owner else (email, None)
    person.save(update_fields=["email", "care_of"])
    return person


def _called_like(person: Person, people: Iterable[Person]) -> Person | None:
    found = (one for one in people if one.pk != person.pk and is_same_name(one, person.name, person.native_name))
    return next(found, None)


def is_known_elsewhere(person: Person, *, besides: models.Model) -> bool:
    """Whether anything else than one record is about this person: an account, a role, another place, an application."""
    if person.user_id is not None:
        return True
    for relation in Person._meta.related_objects:
        if relation.related_model in (Person, Consent):
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: person.pk})
        if isinstance(besides, relation.related_model):
            rows = rows.exclude(pk=besides.pk)
        if rows.exists():
            return True
    return False


@transaction.atomic
def double_of(person: Person) -> Person:
    """Somebody new of the same name and facts, with no address yet: of whom records know one matter only."""
    names = ("name", "native_name", "native_language", "position", *FACTS)
    made = Person.objects.create(**{name: getattr(person, name) for name in names})
    return _told_too(person, made)


@transaction.atomic
def split_off(*, person: Person, name: str, native_name: str = "") -> Person:
    """Somebody else of the same mailbox, known by another name: found, or made with what is known of the first."""
    owner = person if person.email else person.care_of
    if owner is None:
        raise ValidationError(_("Nobody is reached through this mailbox any more."))
    facts = {one: getattr(person, one) for one in FACTS}
    other = colleague_of(owner=owner, name=name, native_name=native_name, facts=facts)
    return _told_too(person, other)


def _told_too(person: Person, other: Person) -> Person:
    for consent in person.consents.in_force():
        consents.give(person=other, what=consent.what, how=consent.how)
    return other
