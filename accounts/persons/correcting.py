"""Writing somebody's name or address right wherever the portal keeps it, at the wish of a person, with an account or without."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from history import audit
from history.actor import acting
from records.personal_data import Correction, Owner, all_holdings

from ..models import Person, User
from . import mailboxes


@transaction.atomic
def correct(*, owner: Owner, right: Correction, by: User, why: str) -> int:
    """In how many rows. ValidationError says why not. What was printed, such as a certificate, is issued anew by its own act.

    Who has an account proves a new address by signing in with it; nobody else may say where their mail goes.
    """
    if right.email and owner.user_id:
        raise ValidationError(_("Who has an account changes the address there, and proves it."))
    if right.email and Person.objects.filter(email=right.email).exclude(pk=owner.person_id).exists():
        raise ValidationError(_("A person with this address is already known."))
    person = Person.objects.filter(pk=owner.person_id).first() if right.email else None
    with acting(by.pk, reason=why):
        if person is not None and person.email != right.email:
            mailboxes.leave_mailbox(person=person)  # whoever is reached there too still is
        rows = sum(holding.correct(owner, right) for holding in all_holdings())
    on = Person(pk=owner.person_id) if owner.person_id else None
    audit.note(what=audit.What.CORRECTED, by_id=by.pk, on=on, detail=f"{why} rows:{rows}")
    return rows
