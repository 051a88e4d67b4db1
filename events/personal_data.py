"""What events hold about a human being: registrations and presence."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.personal_data import Holding, Whose, register, rows

from .models import EventAttendance, Registration, new_token


def _gather(whose: Whose) -> dict[str, Any]:
    return {
        "registrations": rows(
            Registration.objects.filter(person=whose.person_id),
            "event__title", "event__slug", "state", "presence", "audience", "created_at", "confirmed_at", "cancelled_at",
        ),
        "attendance": rows(EventAttendance.objects.filter(person=whose.person_id), "session__title", "minutes"),
    }  # fmt: skip


def _figures(whose: Whose) -> bool:
    return any(rows.filter(person=whose.person_id).exists() for rows in (Registration.objects, EventAttendance.objects))


def _forget(whose: Whose) -> None:
    """Places at what is still to come are given back, and no personal address leads into a room any more."""
    now = timezone.now()
    held = Registration.objects.filter(person=whose.person_id)
    held.active().filter(event__starts_at__gt=now).update(state=Registration.State.CANCELLED, cancelled_at=now)
    for registration in held:
        registration.join_token, registration.audience = new_token(), ""
        registration.save(update_fields=["join_token", "audience"])


register(
    Holding(
        name="events",
        gather=_gather,
        forget=_forget,
        figures=_figures,
        goes=(_("Your places at events that are still to come."),),
        stays=(
            _("That somebody of your member state and sex registered for an event and was there: without your name."),
        ),
    )
)
