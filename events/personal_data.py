"""What events hold about a human being: registrations, presence, questions, and the way to the own calendar."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activities.attendance import personal_data as attendance
from activities.models import AdvanceQuestion, Attendance
from records.personal_data import Fate, Held, Holding, Owner, register

from .models import (
    AttendanceCorrection,
    CalendarToken,
    DoorOpening,
    Event,
    Registration,
    RegistrationQuerySet,
    RegistrationStep,
    SurveyAnswered,
    new_token,
)
from .registration import registering

COUNTED = _("Reports count who took part, by member state and sex.")


def _registrations(owner: Owner) -> RegistrationQuerySet:
    return Registration.objects.filter(person=owner.person_id)


def _attended(owner: Owner) -> QuerySet[Attendance]:
    return Attendance.objects.filter(person=owner.person_id, session__activity__activity_type=Event.TYPE)


def _questions(owner: Owner) -> QuerySet[AdvanceQuestion]:
    return AdvanceQuestion.objects.filter(person=owner.person_id)


def _figures(owner: Owner) -> bool:
    return _registrations(owner).exists() or _attended(owner).exists()


def _forget(owner: Owner) -> None:
    """Places at what is still to come go to the next in the queue, and no personal address leads into a room any more."""
    held = _registrations(owner).select_related("event")
    for coming in held.active().filter(event__starts_at__gt=timezone.now()):
        registering.cancel(registration=coming, why=_now("The account was erased."))
    for past in held:
        past.join_token = new_token()
        past.agrees_to_transfer, past.language, past.time_zone, past.typed = False, "", "", {}
        past.save(update_fields=["join_token", "agrees_to_transfer", "language", "time_zone", "typed"])
    RegistrationStep.objects.filter(registration__in=held).update(why="–")
    DoorOpening.objects.filter(registration__in=held).delete()
    CalendarToken.objects.filter(person=owner.person_id).delete()
    _questions(owner).delete()
    attendance.forget_names(
        owner=owner,
        names=attendance.names_of(owner, Event.TYPE),
        corrections=AttendanceCorrection.objects.filter(person=owner.person_id),
    )
    attendance.forget_trainer(owner=owner, activity_type=Event.TYPE)


register(
    Holding(
        name="events",
        held=(
            Held(
                "registrations", _("Registrations for events"), _registrations,
                (
                    "event__title", "event__slug", "state", "presence", "audience", "created_at", "confirmed_at", "cancelled_at",
                    "agrees_to_transfer", "asked_at", "comes_at", "language", "time_zone", "typed",
                ),
                by=("person",), fate=Fate.NAMELESS, why=COUNTED,
            ),
            Held(
                "steps", _("What became of registrations"),
                lambda owner: RegistrationStep.objects.filter(registration__person=owner.person_id),
                ("registration__event__title", "at", "state", "why"), by=("registration",), fate=Fate.NAMELESS, why=COUNTED,
            ),
            Held(
                "doors", _("When the page to join was first opened"),
                lambda owner: DoorOpening.objects.filter(registration__person=owner.person_id),
                ("registration__event__title", "at"), by=("registration",),
            ),
            Held(
                "answered_surveys", _("Surveys that were answered, not how"),
                lambda owner: SurveyAnswered.objects.filter(registration__person=owner.person_id),
                ("survey__event__title", "day"), by=("registration",), fate=Fate.NAMELESS,
                why=_("How many answered a survey is counted."),
            ),
            Held(
                "questions", _("Questions sent in advance"), _questions,
                ("activity__title", "session__title", "text", "language", "state", "created_at"), by=("person",),
            ),
            Held(
                "calendar", _("Secret address of the own calendar"),
                lambda owner: CalendarToken.objects.filter(person=owner.person_id), ("token", "created_at"), by=("person",),
            ),
            *attendance.held_of(Event.TYPE),
        ),
        forget=_forget,
        figures=_figures,
        goes=(
            _("Your places at events that are still to come."),
            _("The names and addresses under which you stand in attendance lists."),
            _("Questions that you sent before an event with your name."),
        ),
        stays=(
            _("That somebody of your member state and sex registered for an event and was there: without your name."),
        ),
    )
)  # fmt: skip
