"""Names and addresses that somebody typed into a form and nobody has answered for: perhaps nobody's, and shown to nobody but the
secretariat."""

from django.db.models import Exists, OuterRef

from accounts.models import Consent, PersonQuerySet, RoleGrant

from ..models import Registration


def without_strangers(people: PersonQuerySet) -> PersonQuerySet:
    """Without people of whom nothing is known but places that nobody confirmed."""
    places = Registration.objects.filter(person=OuterRef("pk"))
    known = (Consent.objects, RoleGrant.objects)
    return people.exclude(
        Exists(places), ~Exists(places.answered()), *(~Exists(one.filter(person=OuterRef("pk"))) for one in known), user=None
    )  # fmt: skip
