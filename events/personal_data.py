"""What events hold about a human being: registrations and presence."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activities.attendance import recording as attendance
from activities.models import Attendance
from records.personal_data import Holding, Owner, register, rows

from .models import AttendanceCorrection, AttendanceMatch, Event, Registration, RegistrationStep, new_token
from .registration import registering


def _attended(owner: Owner) -> QuerySet[Attendance]:
    return Attendance.objects.filter(person=owner.person_id, session__activity__activity_type=Event.TYPE)


def _gather(owner: Owner) -> dict[str, object]:
    return {
        "registrations": rows(
            Registration.objects.filter(person=owner.person_id),
            "event__title", "event__slug", "state", "presence", "audience", "created_at", "confirmed_at", "cancelled_at",
        ),
        "steps": rows(
            RegistrationStep.objects.filter(registration__person=owner.person_id),
            "registration__event__title", "at", "state", "why",
        ),
        "attendance": rows(_attended(owner), "session__title", "minutes"),
        "names_in_lists": rows(
            AttendanceMatch.objects.filter(person=owner.person_id), "activity__title", "name", "email", "minutes",
        ),
        "corrections_of_attendance": rows(
            AttendanceCorrection.objects.filter(person=owner.person_id), "session__title", "at", "was", "became", "reason",
        ),
    }  # fmt: skip


def _figures(owner: Owner) -> bool:
    return Registration.objects.filter(person=owner.person_id).exists() or _attended(owner).exists()


def _forget(owner: Owner) -> None:
    """Places at what is still to come go to the next in the queue, and no personal address leads into a room any more."""
    held = Registration.objects.filter(person=owner.person_id).select_related("event")
    for coming in held.active().filter(event__starts_at__gt=timezone.now()):
        registering.cancel(registration=coming, why=_now("The account was erased."))
    for past in held:
        past.join_token = new_token()
        past.save(update_fields=["join_token"])
    attendance.forget_names(
        names=AttendanceMatch.objects.filter(person=owner.person_id),
        corrections=AttendanceCorrection.objects.filter(person=owner.person_id),
    )


register(
    Holding(
        name="events",
        gather=_gather,
        forget=_forget,
        figures=_figures,
        goes=(
            _("Your places at events that are still to come."),
            _("The names and addresses under which you stand in attendance lists."),
        ),
        stays=(
            _("That somebody of your member state and sex registered for an event and was there: without your name."),
        ),
    )
)
