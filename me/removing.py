"""Taking out somebody whom a focal point wrote down: as long as nothing of theirs is under way and nobody else has a say in it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Consent, Person, User
from accounts.persons import erasure
from accounts.persons.owner import owner_of
from accounts.persons.roles_held import holds_a_role
from accounts.scopes import scope_of
from events.models import Registration
from trainings.models import Application, Certificate


def refuse_removing(*, person: Person, by: User) -> None:
    """ValidationError says why not, and what to do first."""
    if person.user_id is not None:
        raise ValidationError(_("Who has an account erases it themselves."))
    told = person.consents.filter(what=Consent.What.NOTICE, how=Consent.How.TOLD, by_id=by.pk)
    if person.member_state_id not in scope_of(by).states or not told.exists():
        raise ValidationError(_("You remove people whom you have added yourself. For others write to the secretariat."))
    if holds_a_role(person):
        raise ValidationError(_("This person holds a role. Take the role away first."))
    now = timezone.now()
    if Registration.objects.active().filter(person=person, event__starts_at__gt=now).exists():
        raise ValidationError(_("This person is registered for an event to come. Give the place back first."))
    if Application.objects.active().filter(person=person, training__starts_at__gt=now).exists():
        raise ValidationError(_("This person has an application under way. Withdraw it first."))
    if Certificate.objects.filter(person=person).exists():
        raise ValidationError(_("This person holds a certificate. Only the secretariat takes the record out."))


@transaction.atomic
def remove(*, person: Person, by: User) -> None:
    """All that is held about the person goes, as when they ask for it; where figures rest on it a nameless row stays."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    refuse_removing(person=person, by=by)
    erasure.erase_owner(owner=owner_of(person=person, user=None), by=by, why="removed-by-focal-point")
