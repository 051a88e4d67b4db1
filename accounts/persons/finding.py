"""Finding somebody, with an account or without, and what is held about them, before anything is taken out or erased."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext as _

from records.personal_data import Held, Owner, Words, all_held
from records.personal_data import mentions as texts
from records.personal_data.mentions import Mention
from records.personal_data.references import tables

from ..models import Person, User
from .owner import accounts_of, marks_of, owner_of, owner_of_address, owner_of_name, sure_marks_of

MOST: Final = 20


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant: `ref` says who, `name` and `note` tell an officer."""

    ref: str
    name: str
    note: str


def candidates(words: str) -> Iterator[Candidate]:
    """Persons, accounts without a person, and last the address or name itself: strangers whom no record knows."""
    words = " ".join(words.split())
    people = list(Person.objects.known().matching(words).select_related("member_state", "user")[:MOST])
    for person in people:
        facts = (person.email, person.organisation, person.member_state and person.member_state.name)
        account = _("with an account") if person.user_id else _("without an account")
        yield Candidate(f"person:{person.pk}", person.name, ", ".join([*filter(None, map(str, facts)), account]))
    for user in User.objects.filter(person=None, email__icontains=words)[:MOST]:
        yield Candidate(f"user:{user.pk}", user.email, _("an account without a person"))
    if "@" not in words:
        yield Candidate(
            f"name:{words}", words, _("whoever is called so in lists and texts, and is no person of the records")
        )
    elif words.lower() not in {person.email for person in people}:
        yield Candidate(
            f"address:{words.lower()}", words.lower(), _("whoever reads this mailbox, and is no person of the records")
        )


def owner_by(ref: str) -> Owner | None:
    """Whom a candidate's `ref` means; None if there is nobody any more."""
    kind, _colon, value = ref.partition(":")
    if kind == "address" and "@" in value:
        return owner_of_address(value)
    if kind == "name" and value.strip():
        return owner_of_name(value)
    if not value.isdecimal():
        return None
    if kind == "person":
        person = Person.objects.known().select_related("user").filter(pk=value).first()
        return owner_of(person=person, user=person.user) if person else None
    user = User.objects.select_related("person").filter(pk=value).first() if kind == "user" else None
    return _of_account(user) if user else None


def _of_account(user: User) -> Owner:
    """An account; of one without a person also its address that nobody has confirmed, unless a person is known by it."""
    owner = owner_of(person=getattr(user, "person", None), user=user)
    if owner.emails or Person.objects.filter(email=user.email).exists():
        return owner
    unproven = owner_of_address(user.email)
    return Owner(user_id=user.pk, emails=unproven.emails, keys=owner.keys | unproven.keys)


@dataclass(frozen=True)
class Part:
    """Rows of one kind that were found, by their keys."""

    held: Held
    keys: tuple[str, ...]

    @property
    def table(self) -> str:
        return self.held.model._meta.db_table


@dataclass(frozen=True)
class Found:
    """All that is held about somebody: rows that are theirs, and texts elsewhere that name them."""

    ref: str
    owner: Owner
    parts: tuple[Part, ...]
    mentions: tuple[Mention, ...]

    @property
    def seen(self) -> str:
        """What was shown, so that nothing else is erased than what was seen."""
        shown = [f"{part.held.name}:{part.table}:{','.join(part.keys)}" for part in self.parts]
        return hashlib.sha256("\n".join([*shown, *(one.id for one in self.mentions)]).encode()).hexdigest()[:32]

    @property
    def is_staff(self) -> bool:
        return accounts_of(self.owner).filter(is_staff=True).exists()


def found(ref: str) -> Found | None:
    """What is held about whom a candidate's `ref` means; None if there is nobody any more."""
    owner = owner_by(ref)
    if owner is None:
        return None
    parts = []
    for _holding, held in all_held():
        keys = held.rows(owner).order_by().values_list("pk", flat=True).distinct()
        if keys:
            parts.append(Part(held, tuple(sorted(map(str, keys)))))
    own = {f"{part.table}:{key}" for part in parts for key in part.keys}
    elsewhere = texts.find(marks_of(owner), sure_marks_of(owner))
    return Found(ref, owner, tuple(parts), tuple(one for one in elsewhere if one.id not in own))


def table_words(table: str) -> Words:
    """What people call a table."""
    model: type[models.Model] | None = next((one for one in tables() if one._meta.db_table == table), None)
    return model._meta.verbose_name if model and model._meta.verbose_name else table
