"""Two officers at once, and somebody who registers while their record becomes one with another: real connections."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import FormerPerson, Person
from accounts.persons import merging
from events.models import Registration
from events.registration import registering
from tests.designated_sites.proposals.proposing import officer_person
from tests.events.registration.test_races import at_once, open_event
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officers_and_somebody_who_registers_meanwhile() -> None:
    first, second = PersonFactory(name="One"), PersonFactory(name="Two")
    event, by, seen = open_event(5), officer_person().user, merging.seen_of(first, second)

    def merge(one: Person, other: Person) -> None:
        merging.merge(first=one.pk, second=other.pk, take={}, seen=seen, why="told", by=by)

    faults = at_once([
        lambda: merge(first, second),
        lambda: merge(first, second),
        lambda: registering.register(event=event, person=second, presence="online", known=True),
    ])  # fmt: skip
    # The place is the person's whoever came first; of the officers one at most had looked at what there was.
    assert {type(fault) for fault in faults} == {ValidationError}
    kept = Person.objects.get(pk=Registration.objects.get().person_id)
    if FormerPerson.objects.exists():
        assert (kept, len(faults)) == (first, 1)
    else:
        assert (kept, len(faults)) == (second, 2)
    registering.register(event=event, person=second, presence="online", known=True)
    assert Registration.objects.count() == 1
