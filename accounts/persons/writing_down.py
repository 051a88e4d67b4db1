"""Persons whom somebody else writes down: a focal point, for people of the own state."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Consent, Person, User
from . import consents, mailboxes
from .roles_held import holds_a_role


@transaction.atomic
def write_down(*, person: Person, by: User) -> Person:
    """Keeps a new person or what was changed of one. Who writes it down has told them, and says so.

    Whose address it is decides who holds a role: of somebody with a role it is not theirs to change.
    """
    before = Person.objects.select_for_update(of=("self",)).filter(pk=person.pk).first()
    if before is not None and before.email != person.email and holds_a_role(before):
        raise ValidationError({"email": _("This person holds a role. Only the secretariat changes the address.")})
    person.full_clean()
    if before is not None and before.email and before.email != person.email:
        mailboxes.leave_mailbox(person=before)  # whoever is reached there too still is
    person.save()
    consents.give(person=person, what=Consent.What.NOTICE, how=Consent.How.TOLD, by=by)
    return person
