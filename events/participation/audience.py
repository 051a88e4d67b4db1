"""Who took part in an event, as far as its lists of attendance tell."""

from activities.models import Attendance

from ..models import Event, Registration, RegistrationQuerySet


def who_took_part(event: Event) -> RegistrationQuerySet:
    """Confirmed people who were there; all confirmed ones as long as nobody's attendance is known."""
    confirmed = Registration.objects.confirmed().filter(event=event.pk)
    present = Attendance.objects.filter(session__activity=event.pk, minutes__gt=0)
    return confirmed.filter(person__in=present.values("person")) if present.exists() else confirmed
