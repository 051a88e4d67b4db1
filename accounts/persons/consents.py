"""Agreeing and taking it back. Registration forms ask `holds` before they ask again."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..models import Consent, Person, User


def holds(*, person: Person, what: str) -> bool:
    """Whether the person agrees to the notice as it is now."""
    return person.consents.in_force().filter(what=what, version=settings.PRIVACY_NOTICE_VERSION).exists()


@transaction.atomic
def give(*, person: Person, what: str, how: str, by: User | None = None) -> Consent:
    """Agreement to the notice as it is now; once is enough."""
    consent, _new = Consent.objects.in_force().get_or_create(
        person=person,
        what=what,
        version=settings.PRIVACY_NOTICE_VERSION,
        defaults={"how": how, "by_id": by.pk if by else None},
    )
    return consent


@transaction.atomic
def withdraw(*, person: Person, what: str) -> int:
    """From now on; that it was once given stays known. How many versions were withdrawn."""
    return person.consents.in_force().filter(what=what).update(withdrawn_at=timezone.now())
