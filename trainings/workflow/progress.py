"""An application from draft to certificate: every act that moves it, each under the lock of the training's row.

`seen` is the version of the application that whoever decides has read: if it has changed since, the act is refused.
ValidationError says why an act cannot be done. What becomes free is offered to the reserve list (`reserve_list`).
"""

import datetime as dt
from collections import Counter
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.models import Mailing
from typed_records.locks import locked

from ..mails import progress as mails
from ..models import Application, ApplicationStep, SeatClass, Training
from . import endorsement, expiry, follow_up, reserve_list, seats
from .completeness import refuse_incomplete
from .conditions import fresh, need, refuse_early, refuse_endorser, refuse_over, refuse_time, refuse_unendorsed
from .transitions import For, State, move, refuse_move


@transaction.atomic
def submit(
    *, application: Application, by: User | None, at: dt.datetime | None = None, seen: int | None = None
) -> Application:
    """Sends a draft. `at`: when it arrived; what arrived in time is in time, however long the queue at the door.

    What a focal point sends for somebody whom they nominate is endorsed with it: nobody says the same twice.
    """
    application = fresh(application, seen)
    refuse_time(application.training, at or timezone.now())
    if application.state != State.DRAFT:  # from the short list one comes back to “submitted” by another act
        raise ValidationError(
            _("%(reference)s has been sent already."), params={"reference": application.reference}, code="state"
        )
    refuse_incomplete(application)
    nominates = endorsement.nominates(application=application, by=by)
    told = None if nominates else mails.RECEIVED
    move(application, State.SUBMITTED, by=by, tell=told, submitted_at=at or timezone.now())
    if nominates:
        words = _("Nominated by the focal point, and endorsed with it.")
        move(application, State.ENDORSED, by=by, reason=words, reason_for=For.STATE, tell=mails.ENDORSED)
    else:
        endorsement.ask_focal_points(application=application)
    return application


@transaction.atomic
def take_back(*, application: Application, by: User | None, at: dt.datetime | None = None) -> Application:
    """Makes a sent application a draft again, to be changed and sent anew before the deadline."""
    application = fresh(application)
    refuse_time(application.training, at or timezone.now())
    refuse_move(application, State.DRAFT, only_from=(State.SUBMITTED,))
    move(application, State.DRAFT, by=by, reason=_("Taken back to be changed."))
    return application


@transaction.atomic
def endorse(
    *, application: Application, by: User, reason: str = "", seen: int | None = None, mailing: Mailing | None = None
) -> Application:
    """The focal point speaks for a person of the own state."""
    application = fresh(application, seen)
    refuse_endorser(application=application, by=by)
    move(
        application, State.ENDORSED, by=by, reason=reason, reason_for=For.STATE, tell=mails.ENDORSED, mailing=mailing
    )  # fmt: skip
    return application


@transaction.atomic
def refuse_endorsement(
    *, application: Application, by: User, reason: str, seen: int | None = None, mailing: Mailing | None = None
) -> Application:
    """The focal point does not speak for a person, and says why."""
    application = fresh(application, seen)
    refuse_endorser(application=application, by=by)
    need(reason, _("Say why the application is not endorsed."))
    move(application, State.NOT_ENDORSED, by=by, reason=reason, tell=mails.NOT_ENDORSED, mailing=mailing)
    return application


@transaction.atomic
def shortlist(*, application: Application, by: User | None, reason: str = "", seen: int | None = None) -> Application:
    """Puts an application among those that are looked at more closely. The person is not told."""
    application = fresh(application, seen)
    refuse_over(application.training)
    refuse_unendorsed(application)
    move(application, State.SHORTLISTED, by=by, reason=reason, reason_for=For.OFFICE)
    return application


@transaction.atomic
def take_off_shortlist(
    *, application: Application, by: User | None, reason: str = "", seen: int | None = None
) -> Application:
    """Back to where it stood before it was shortlisted."""
    application = fresh(application, seen)
    if application.state != State.SHORTLISTED:
        raise ValidationError(_("%(reference)s is not on the short list.") % {"reference": application.reference})
    back = {True: State.ENDORSED, False: State.NOT_ENDORSED, None: State.SUBMITTED}[application.endorsed]
    move(application, back, by=by, reason=reason, reason_for=For.OFFICE)
    return application


@transaction.atomic
def select(
    *, application: Application, seat_class: SeatClass, by: User | None, reason: str = "", seen: int | None = None,
    mailing: Mailing | None = None,
) -> Application:  # fmt: skip
    """Gives a seat of a class, to be confirmed in time."""
    application = fresh(application, seen)
    refuse_over(application.training)
    refuse_move(application, State.SELECTED)
    refuse_unendorsed(application)
    seats.refuse_seat(application=application, seat_class=seat_class)
    give_seat(application, seat_class, by=by, reason=reason, mailing=mailing)
    return application


def give_seat(
    application: Application, seat_class: SeatClass, *, by: User | None, reason: str = "", reason_for: str = For.OFFICE,
    mailing: Mailing | None = None,
) -> ApplicationStep:  # fmt: skip
    """A seat that was found to be free, with the mail and its reminder. The caller holds the lock."""
    kind = mails.SEAT_OFFERED if application.state == State.RESERVE_LIST else mails.SELECTED
    until = seats.answer_by(application.training)
    step = move(
        application, State.SELECTED, by=by, reason=reason, reason_for=reason_for, tell=kind, mailing=mailing,
        seat_class=seat_class, answer_by=until,
    )  # fmt: skip
    expiry.schedule(application=application)
    return step


@transaction.atomic
def put_on_reserve_list(
    *, application: Application, seat_class: SeatClass, by: User | None, reason: str = "", seen: int | None = None,
    mailing: Mailing | None = None, person_reads: bool = False,
) -> Application:  # fmt: skip
    """Puts an application at the end of the ranked reserve list of a class. A seat given before, confirmed or not, is taken
    back, and then the reason is asked for."""
    application = fresh(application, seen)
    refuse_over(application.training)
    refuse_move(application, State.RESERVE_LIST)
    refuse_unendorsed(application)
    if seat_class.training_id != application.training_id:
        raise ValidationError(_("This class of seats belongs to another training."), code="class")
    seats.refuse_class(application=application, seat_class=seat_class)
    freed = _seat_taken_back(application, reason)
    rank = reserve_list.last_rank(seat_class) + 1
    move(
        application, State.RESERVE_LIST, by=by, reason=reason, reason_for=For.PERSON if person_reads else For.OFFICE,
        tell=mails.SEAT_TAKEN_BACK if freed else mails.RESERVE_LIST, mailing=mailing, seat_class=seat_class, reserve_rank=rank,
    )  # fmt: skip
    _offer(application, freed, mailing)
    return application


@transaction.atomic
def decide_against(
    *, application: Application, by: User | None, reason: str = "", seen: int | None = None, mailing: Mailing | None = None,
    person_reads: bool = False,
) -> Application:  # fmt: skip
    """Not selected. A seat given before, confirmed or not, is taken back, and then the reason is asked for."""
    application = fresh(application, seen)
    refuse_over(application.training)
    refuse_move(application, State.NOT_SELECTED)
    freed = _seat_taken_back(application, reason)
    move(
        application, State.NOT_SELECTED, by=by, reason=reason, reason_for=For.PERSON if person_reads else For.OFFICE,
        tell=mails.SEAT_TAKEN_BACK if freed else mails.NOT_SELECTED, mailing=mailing, seat_class=None,
    )  # fmt: skip
    _offer(application, freed, mailing)
    return application


@transaction.atomic
def confirm(
    *, application: Application, by: User | None, at: dt.datetime | None = None, seen: int | None = None
) -> Application:
    """The selected person takes the seat. Confirming twice changes nothing; after the deadline the seat is gone."""
    application = fresh(application, seen)
    if application.state == State.CONFIRMED:
        return application
    refuse_over(application.training)
    refuse_move(application, State.CONFIRMED, only_from=(State.SELECTED,))
    if application.answer_by and application.answer_by <= (at or timezone.now()):
        raise ValidationError(
            _("The time to confirm is over; the seat is offered to the next on the list."), code="late"
        )
    move(application, State.CONFIRMED, by=by, tell=mails.CONFIRMED)
    expiry.stop(application=application, reason=_("The seat was confirmed."))
    follow_up.ask(application=application)
    return application


@transaction.atomic
def decline(*, application: Application, by: User | None, reason: str = "") -> Application:
    """The selected person does not take the seat; the next on the reserve list is offered it."""
    application = fresh(application)
    if application.state == State.DECLINED:
        return application
    _give_up(application, State.DECLINED, by=by, reason=reason or _("Declined."))
    return application


@transaction.atomic
def withdraw(
    *, application: Application, by: User | None, reason: str = "", reason_for: str = For.PERSON, seen: int | None = None,
    mailing: Mailing | None = None,
) -> Application:  # fmt: skip
    """The person does not want to take part any more, or cannot. Whoever is selected declines instead; a seat becomes free."""
    application = fresh(application, seen)
    if application.state in Application.GIVEN_UP:
        return application
    to = State.DECLINED if application.state == State.SELECTED else State.WITHDRAWN
    _give_up(application, to, by=by, reason=reason or _("Withdrawn."), reason_for=reason_for, mailing=mailing)
    return application


def _give_up(
    application: Application, to: str, *, by: User | None, reason: str, reason_for: str = For.PERSON,
    mailing: Mailing | None = None,
) -> None:  # fmt: skip
    freed = application.seat_class if application.state in (State.SELECTED, State.CONFIRMED) else None
    tell = None if application.state == State.DRAFT else mails.GIVEN_UP
    move(application, to, by=by, reason=reason, reason_for=reason_for, tell=tell, mailing=mailing)
    expiry.stop(application=application, reason=_("The seat was given back."))
    _offer(application, freed, mailing)


@transaction.atomic
def settle(*, training: Training, given_back_since: dt.datetime | None = None) -> int:
    """Ends what was not confirmed in time and offers those seats on. How many applications moved.

    `given_back_since`: seats given back from then on were not offered yet, since the training was cancelled.
    """
    training = locked(training)
    late = list(training.applications.overdue(timezone.now()).with_readers().select_related("seat_class"))
    freed = reserve_list.given_back(training, given_back_since) if given_back_since else Counter()
    for application in late:
        application.training = training
        freed[application.seat_class_id] += 1
        move(application, State.DECLINED, by=None, reason=_("Not confirmed in time."), tell=mails.LAPSED)
    classes = training.seat_classes.filter(pk__in=[pk for pk in freed if pk])
    return len(late) + sum(reserve_list.promote(training, one, give_seat, freed=freed[one.pk]) for one in classes)


def settle_overdue() -> int:
    """Looks after every training in which somebody's time to answer is over. How many applications moved."""
    late = Application.objects.overdue(timezone.now()).exclude(training__status=Training.Status.CANCELLED)
    return sum(settle(training=one) for one in Training.objects.filter(pk__in=late.values("training")).order_by("pk"))


@transaction.atomic
def attended(*, application: Application, by: User | None, reason: str = "") -> Application:
    """The person was there, as the rule of the training has it. Also the correction of what was noted wrongly."""
    application = fresh(application)
    refuse_early(application.training)
    move(application, State.ATTENDED, by=by, reason=reason, reason_for=For.OFFICE)
    return application


@transaction.atomic
def no_show(*, application: Application, by: User | None, reason: str = "") -> Application:
    """The person did not come, or was there too little."""
    application = fresh(application)
    refuse_early(application.training)
    move(application, State.NO_SHOW, by=by, reason=reason, reason_for=For.OFFICE)
    return application


@transaction.atomic
def completed(*, application: Application, by: User | None, reason: str = "") -> Application:
    """All that was asked for is done: the certificate is issued."""
    application = fresh(application)
    move(application, State.COMPLETED, by=by, reason=reason, reason_for=For.OFFICE)
    return application


def _seat_taken_back(application: Application, reason: str) -> SeatClass | None:
    """The class whose seat becomes free when the office changes its mind about somebody who has been told."""
    if application.state not in (State.SELECTED, State.CONFIRMED):
        return None
    need(reason, _("The person has been offered this seat. Say why it is taken back."))
    expiry.stop(application=application, reason=_("The seat was taken back."))
    return application.seat_class


def _offer(application: Application, seat_class: SeatClass | None, mailing: Mailing | None = None) -> None:
    """The seat that an application no longer has goes to somebody else, who is told in the same mailing if there is one."""
    if seat_class is not None:
        give = partial(give_seat, mailing=mailing)
        reserve_list.promote(application.training, seat_class, give, besides=application)
