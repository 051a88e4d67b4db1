"""Who an announcement is for."""

from typing import Final

from django.db.models import Q, QuerySet

from accounts.models import Person, RoleGrant
from designated_sites.models import SiteType, Stewardship
from events.models import Registration
from events.registration.strangers import without_strangers
from trainings.models import Application

from .models import Announcement

STEWARDS: Final[dict[str, str]] = {
    Announcement.Role.RESERVE_STEWARD.value: SiteType.RESERVE.value,
    Announcement.Role.GEOPARK_STEWARD.value: SiteType.GEOPARK.value,
}
NOT_APPLYING: Final = (Application.State.DRAFT, Application.State.WITHDRAWN)


def audience_of(announcement: Announcement) -> QuerySet[Person]:
    """The people who can be written to, each once, with who receives their mail; by name."""
    people = without_strangers(Person.objects.exclude(email="", care_of=None))
    if states := list(announcement.member_states.values_list("pk", flat=True)):
        people = people.filter(member_state__in=states)
    if announcement.languages:
        people = people.filter(language__in=announcement.languages)
    if announcement.roles:
        people = people.filter(_holding(announcement.roles))
    if announcement.event_id:
        registered = Registration.objects.active().filter(event=announcement.event_id)
        people = people.filter(pk__in=registered.values("person"))
    if announcement.training_id:
        applied = Application.objects.filter(training=announcement.training_id).exclude(state__in=NOT_APPLYING)
        people = people.filter(pk__in=applied.values("person"))
    return people.select_related("care_of").order_by("name", "pk")


def _holding(roles: list[str]) -> Q:
    """Whoever holds one of the roles today."""
    granted = RoleGrant.objects.active().filter(role__in=[role for role in roles if role not in STEWARDS])
    holding = Q(pk__in=granted.values("person"))
    for role, site_type in STEWARDS.items():
        if role in roles:
            held = Stewardship.objects.held_today().of_type(site_type)
            holding |= Q(pk__in=held.values("person"))
    return holding
