"""Two records of one human being become one: everything that hangs on the second goes to the first.

The number of the second leads to the first for good. Two accounts are never made one: which of the two somebody uses they
say themselves. Where two rows of one kind cannot both stay, the app whose they are says what becomes of them, or nothing is
done. The audit list holds numbers; no name of the record that went is kept.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from history import audit
from history.actor import acting
from notifications.models import Mail
from record_admin import merging
from record_admin.merging import SECOND, Belongings, Difference, Rows
from records.template_context import Label

from ..models import DifferentPersons, FormerPerson, Person, User
from .meeting_rows import follow_all, meeting_of
from .recipients import key_of

BELONGINGS: Final = Belongings(leaving=(DifferentPersons,))
# Never chosen between: whose the account is follows from which record has one, and its address with it.
OF_THE_RECORD: Final = ("user", "created_at")


@dataclass(frozen=True)
class Kind:
    """Rows of one kind: how many each of the two records has."""

    label: str
    first: int
    second: int


@dataclass(frozen=True)
class Met:
    """Two rows of one kind that cannot both stay, and what becomes of them; `refused`: what is to be done first."""

    label: str
    row: str
    words: Label
    refused: bool


@dataclass(frozen=True)
class Outlook:
    """What would happen if the second became one with the first."""

    differences: list[Difference]
    kinds: list[Kind]
    met: list[Met]
    refusals: list[str]
    seen: str


def look(first: Person, second: Person, by: User) -> Outlook:
    """Before: nothing is done."""
    met = list(_met(first, second))
    refusals = [*_refusals(first, second, by), *_refused(met)]
    return Outlook(differences(first, second), list(_kinds(first, second)), met, refusals, seen_of(first, second))


def differences(first: Person, second: Person) -> list[Difference]:
    """The address is that of the account, where one of the two has one: whose it is was proven there."""
    proven = ("email", "care_of") if first.user_id or second.user_id else ()
    return merging.differences(first, second, (*OF_THE_RECORD, *proven))


def seen_of(first: Person, second: Person) -> str:
    """All that was looked at: both records, and the rows that hang on them."""
    told = []
    for person in (first, second):
        told.append(str([(field.attname, getattr(person, field.attname)) for field in person._meta.concrete_fields]))
        told += [f"{rows.of}:{[row.pk for row in rows]}" for rows in BELONGINGS.of(person) if rows]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def merge(*, first: int, second: int, take: Mapping[str, str], seen: str, why: str, by: User) -> Person:
    """The first record, with all that belonged to the second. `take` says by field whose value is kept, `seen` what was looked
    at, `why` is a code. ValidationError where it cannot be done; then nothing is."""
    with acting(by.pk, reason=why):
        found = Person.objects.known().select_for_update(of=("self",)).filter(pk__in=[first, second])
        locked = {person.pk: person for person in found.order_by("pk")}
        if len(locked) < 2:
            raise ValidationError(_("One of the two records is no longer there."))
        kept, gone = locked[first], locked[second]
        if refusals := [*_refusals(kept, gone, by), *_refused(_met(kept, gone))]:
            raise ValidationError(refusals)
        if seen_of(kept, gone) != seen:
            raise ValidationError(_("One of the two records was changed since you looked at them. Look again."))
        _take(kept, gone, take)
        rows_moved = 0
        for rows in BELONGINGS.of(gone):
            rows_moved += len(rows)
            merging.hand_over(rows, kept, lambda row, rows: _settle(row, rows, kept))
        merging.keep_pairs(DifferentPersons, kept, gone, ("by",))
        merging.refuse_loss(gone)
        gone.delete()
        kept.full_clean()
        kept.save()
        FormerPerson.objects.create(former_id=second, person=kept)
        follow_all(second, kept)
        audit.note(what=audit.What.MERGED, by_id=by.pk, on=kept, detail=f"{why} from:{second} rows:{rows_moved}")
    return kept


@transaction.atomic
def keep_apart(*, one: int, other: int, by: User) -> DifferentPersons:
    """Remembers that two records are two people; once is enough."""
    first, second = sorted((one, other))
    pair, _new = DifferentPersons.objects.get_or_create(first_id=first, second_id=second, defaults={"by": by})
    return pair


def _take(kept: Person, gone: Person, take: Mapping[str, str]) -> None:
    for difference in differences(kept, gone):
        if take.get(difference.field.name, difference.proposed) == SECOND:
            setattr(kept, difference.field.attname, difference.second)
    if gone.user_id:
        kept.user_id, kept.email = gone.user_id, gone.email
    if kept.care_of_id in (
        kept.pk,
        gone.pk,
    ):  # typed twice from one mailbox: the mail of the one came in care of the other
        kept.care_of, kept.email = None, kept.email or gone.email
    if kept.email:
        kept.care_of = None


def _settle(row: models.Model, rows: Rows, kept: Person) -> bool:
    """Makes room for a row beside which the record that stays has one of its own; whether the row has gone by it."""
    other = merging.rival_of(row, rows.of, kept)
    meeting = meeting_of(rows.of.model)
    if other is None or meeting is None:
        return False
    return bool(meeting.settle and meeting.settle(row, other))


def _met(first: Person, second: Person) -> Iterator[Met]:
    for rows in BELONGINGS.of(second):
        for row in rows:
            if merging.double_of(row, rows.of, first) or not (other := merging.rival_of(row, rows.of, first)):
                continue
            meeting = meeting_of(rows.of.model)
            words = meeting.words if meeting else _("Make one of the two first.")
            refused = meeting is None or meeting.settle is None or meeting.refuses(row, other)
            yield Met(_called(rows), str(row), words, refused)


def _called(rows: Rows) -> str:
    """What rows are called; of several columns of one table all but the first say which it is."""
    model = rows.of.model
    if model._meta.auto_created:
        return rows.label
    keys = [field for field in model._meta.local_fields if field.related_model is Person]
    name = capfirst(str(model._meta.verbose_name_plural))
    return name if keys[:1] == [rows.of] else f"{name}: {rows.of.verbose_name}"


def _refused(met: Iterable[Met]) -> list[str]:
    return [f"{one.label}: {one.row}. {one.words}" for one in met if one.refused]


def _kinds(first: Person, second: Person) -> Iterator[Kind]:
    found: dict[str, list[int]] = {}
    for place, person in enumerate((first, second)):
        for rows in BELONGINGS.of(person):
            found.setdefault(_called(rows), [0, 0])[place] += len(rows)
        mails = Mail.objects.filter(recipient_key=key_of(person.pk)).count()
        found.setdefault(_("Mails"), [0, 0])[place] += mails
    yield from (Kind(label, *numbers) for label, numbers in sorted(found.items()) if any(numbers))


def _refusals(first: Person, second: Person, by: User) -> Iterator[str]:
    """Why two records cannot be made one, in words for who asks, with what to do."""
    if first.user_id and second.user_id:
        yield _(
            "Both have an account. Ask the person which of the two is used; an administrator then takes the other account off its"
            " record (“User account” in its form), and the two can be made one."
        )
    staff = User.objects.filter(pk__in=[number for number in (first.user_id, second.user_id) if number], is_staff=True)
    if not by.is_superuser and staff.exists():
        yield _("Only an administrator makes the record of an officer one with another.")
    keys = [key_of(first.pk), key_of(second.pk)]
    if sending := Mail.objects.filter(recipient_key__in=keys, state=Mail.State.SENDING).count():
        yield ngettext(
            "%(n)d mail to them is just being sent. Try again in a minute.",
            "%(n)d mails to them are just being sent. Try again in a minute.",
            sending,
        ) % {"n": sending}
