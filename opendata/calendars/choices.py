"""Which calendars there are beside that of everything, and at which address each stands."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from activities.icalendar.addresses import Address
from activities.models import Activity
from network.models import MemberState, Programme


def of_state(state: MemberState) -> Address:
    return _address(state=state.code)


def of_programme(programme: Programme) -> Address:
    return _address(programme=programme.slug)


def _address(**narrowed: str) -> Address:
    return Address.of(f"{reverse('calendar')}?{urlencode(narrowed)}")


def used_programmes() -> QuerySet[Programme]:
    """Those that have an event or training; of the others a calendar would be empty."""
    used = Activity.objects.published().filter(is_sample=False).values("programmes")
    return Programme.objects.published().filter(pk__in=used).order_by("name", "slug")
