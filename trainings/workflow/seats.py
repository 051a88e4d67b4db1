"""Seats of a training: those of each class, and the caps for one member state or one site.

A seat is taken by whoever is selected and has not given it back, and by whoever is to be selected by a decision that is
still held. Counted under the lock of the training's row.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Application, SeatCap, SeatClass, SelectionDecision, Training

HOUR: Final = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Count:
    """Seats given out of those there are."""

    taken: int
    most: int

    @property
    def free(self) -> int:
        return max(0, self.most - self.taken)


@dataclass(frozen=True)
class SeatCounts:
    """How the seats of a training stand: of each class and for each cap, by primary key."""

    classes: dict[int, Count]
    caps: dict[int, Count]


def seat_counts(training: Training) -> SeatCounts:
    """Four queries, however many have applied."""
    parts = ("seat_class_id", "member_state_id", "site_id")
    given = [*training.applications.holding().values_list(*parts), *_kept(training)]
    by_class, by_member_state, by_site = (Counter(row[part] for row in given) for part in range(len(parts)))
    caps = {}
    for cap in training.caps.all():
        taken = by_member_state[cap.member_state_id] if cap.member_state_id else by_site[cap.site_id]
        caps[cap.pk] = Count(taken, cap.most)
    classes = {one.pk: Count(by_class[one.pk], one.seats) for one in training.seat_classes.all()}
    return SeatCounts(classes, caps)


def _kept(training: Training) -> QuerySet:
    """Class, member state and site of the seats that held decisions keep."""
    found = SelectionDecision.objects.seats().of_training(training)
    return found.values_list("seat_class_id", "application__member_state_id", "application__site_id")


def free_seats(seat_class: SeatClass) -> int:
    """How many of a class nobody has, and no held decision keeps."""
    kept = SelectionDecision.objects.seats().filter(seat_class=seat_class).count()
    return max(0, seat_class.seats - seat_class.applications.holding().count() - kept)


def caps_for(application: Application) -> list[SeatCap]:
    """The caps that a seat for this application would count for."""
    theirs = Q(member_state=application.member_state_id)
    if application.site_id:
        theirs |= Q(site=application.site_id)
    caps = SeatCap.objects.filter(theirs, training=application.training_id)
    return list(caps.select_related("member_state", "site"))


def refuse_seat(*, application: Application, seat_class: SeatClass) -> None:
    """ValidationError, in words for an officer, when no seat of a class can be given to an application."""
    training = application.training
    if seat_class.training_id != training.pk:
        raise ValidationError(_("This class of seats belongs to another training."), code="class")
    refuse_class(application=application, seat_class=seat_class)
    others = training.applications.holding().exclude(pk=application.pk)
    kept = SelectionDecision.objects.seats().of_training(training).exclude(application=application.pk)
    taken = others.filter(seat_class=seat_class).count() + kept.filter(seat_class=seat_class).count()
    if taken >= seat_class.seats:
        raise ValidationError(
            _("All %(seats)d seats of “%(class)s” are given. Free one first, or choose another class."),
            params={"seats": seat_class.seats, "class": str(seat_class)}, code="full",
        )  # fmt: skip
    for cap in caps_for(application):
        whose = {"member_state": cap.member_state_id} if cap.member_state_id else {"site": cap.site_id}
        silent = kept.filter(**{f"application__{name}": value for name, value in whose.items()})
        if others.filter(**whose).count() + silent.count() >= cap.most:
            raise ValidationError(
                _("%(whose)s may get %(most)d seats at most, and all of them are given."),
                params={"whose": str(cap.member_state or cap.site), "most": cap.most}, code="cap",
            )  # fmt: skip


def refuse_class(*, application: Application, seat_class: SeatClass) -> None:
    """ValidationError when a class is for other member states only."""
    only = {state.pk for state in seat_class.only_states.all()}
    if only and application.member_state_id not in only:
        raise ValidationError(
            _("Seats of “%(class)s” are not for applicants of %(state)s."),
            params={"class": str(seat_class), "state": str(application.member_state)}, code="states",
        )  # fmt: skip


def answer_by(training: Training) -> dt.datetime:
    """Until when somebody selected now has to confirm: the days of the training, less near its start, an hour at least."""
    now = timezone.now()
    return now + max(HOUR, min(dt.timedelta(days=training.answer_days), (training.starts_at - now) / 4))


def is_frozen(training: Training) -> bool:
    """So near the start that nobody can travel any more: free seats are not offered to the reserve list by themselves."""
    return training.starts_at - timezone.now() < dt.timedelta(days=settings.RESERVE_LIST_FROZEN_DAYS)
