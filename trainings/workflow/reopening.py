"""Second thoughts of the office: what was declined or withdrawn stands again, a word of the focal point noted by mistake is
taken away, and whoever came without a seat has one. Each is in the log, with its reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from ..models import Application, SeatClass, Training
from . import seats
from .conditions import fresh, need, refuse_over
from .transitions import WITHOUT_SEAT, For, State, move, refuse_move


@transaction.atomic
def reopen(
    *, application: Application, by: User | None, reason: str, seen: int | None = None, person_reads: bool = False
) -> Application:
    """Puts a declined or withdrawn application back to where it stood before anything was decided, or to a draft that was
    never sent. The seat that it had is not kept: it is given again by a decision."""
    application = fresh(application, seen)
    refuse_over(application.training)
    if application.state not in Application.GIVEN_UP:
        raise ValidationError(
            _("%(reference)s is “%(state)s” now: only what was declined or withdrawn is reopened."),
            params={"reference": application.reference, "state": application.get_state_display()}, code="state",
        )  # fmt: skip
    need(reason, _("Say why the application is reopened."))
    another = application.training.applications.under_way().filter(person=application.person_id)
    if (newer := another.exclude(pk=application.pk).first()) is not None:
        raise ValidationError(
            _("The person has applied anew meanwhile: %(reference)s. Decide on that one."),
            params={"reference": newer.reference}, code="twice",
        )  # fmt: skip
    back = {True: State.ENDORSED, False: State.NOT_ENDORSED, None: State.SUBMITTED}[application.endorsed]
    to = back if application.submitted_at else State.DRAFT
    move(
        application, to, by=by, reason=reason, reason_for=For.PERSON if person_reads else For.OFFICE, seat_class=None
    )  # fmt: skip
    return application


@transaction.atomic
def unsay_endorsement(
    *, application: Application, by: User | None, reason: str, seen: int | None = None
) -> Application:
    """What was noted of the focal point is taken away: nothing is said yet."""
    application = fresh(application, seen)
    refuse_over(application.training)
    refuse_move(application, State.SUBMITTED, only_from=(State.ENDORSED, State.NOT_ENDORSED))
    need(reason, _("Say why the word of the focal point is taken away."))
    move(
        application, State.SUBMITTED, by=by, reason=reason, reason_for=For.STATE, endorsed=None, endorsement_rank=None
    )  # fmt: skip
    return application


@transaction.atomic
def admit(
    *, application: Application, seat_class: SeatClass, by: User | None, reason: str, seen: int | None = None
) -> Application:
    """Notes that somebody came to a training that has begun, without having confirmed a seat: they have one from now on, so
    that attendance and certificate count for them. Nobody is written to."""
    application = fresh(application, seen)
    training = application.training
    if training.status == Training.Status.CANCELLED or training.starts_at > timezone.now():
        raise ValidationError(_("This is for a training that has begun. Until then select the person."), code="early")
    refuse_move(application, State.CONFIRMED, only_from=WITHOUT_SEAT)
    need(reason, _("Say who has seen the person there."))
    seats.refuse_seat(application=application, seat_class=seat_class)
    move(application, State.CONFIRMED, by=by, reason=reason, reason_for=For.OFFICE, seat_class=seat_class)
    return application
