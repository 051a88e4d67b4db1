"""The ranked reserve list of a class: who is offered a seat that becomes free, and in which order."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from typed_records.locks import locked

from ..models import Application, ApplicationStep, SeatClass, Training
from . import seats
from .transitions import note

GiveSeat = Callable[..., object]


def last_rank(seat_class: SeatClass) -> int:
    """The rank of the last on the list; 0 when it is empty."""
    return seat_class.applications.aggregate(last=Max("reserve_rank"))["last"] or 0


def promote(
    training: Training, seat_class: SeatClass, give_seat: GiveSeat, *, freed: int = 1, besides: Application | None = None
) -> int:  # fmt: skip
    """Offers seats of a class that became free to the next on its list whom no cap excludes. How many; the caller holds the
    lock.

    No more than were freed: seats that nobody has had yet are the secretariat's to give. `besides`: from whom the seat was
    just taken back.
    """
    over = training.status == Training.Status.CANCELLED or training.starts_at <= timezone.now()
    free = 0 if over else min(freed, seats.free_seats(seat_class))
    if free <= 0:
        return 0
    offered = 0
    listed = (
        training.applications.reserve_list(seat_class).undecided().select_related("person__care_of", "member_state")
    )
    for application in listed.exclude(pk=besides.pk) if besides else listed:
        application.training = training
        if seats.is_frozen(training):
            _pass_over(application, _frozen_words())
            return 0
        try:
            seats.refuse_seat(application=application, seat_class=seat_class)
        except ValidationError as refused:
            _pass_over(application, _("Passed over: %(why)s") % {"why": " ".join(refused.messages)})
            continue
        give_seat(application, seat_class, by=None, reason=_("A seat became free and was offered."))
        offered += 1
        if offered == free:
            break
    return offered


def given_back(training: Training, since: dt.datetime) -> Counter[int | None]:
    """How many seats of each class, by key, were declined or given back from an instant on."""
    steps = ApplicationStep.objects.filter(
        application__training=training, at__gte=since, to_state__in=Application.GIVEN_UP,
        from_state__in=(Application.State.SELECTED, Application.State.CONFIRMED),
    )  # fmt: skip
    return Counter(steps.values_list("application__seat_class", flat=True))


def _frozen_words() -> str:
    days = settings.RESERVE_LIST_FROZEN_DAYS
    return ngettext(
        "A seat is free, but in the last day before the start the secretariat decides whom to ask.",
        "A seat is free, but in the last %(days)d days before the start the secretariat decides whom to ask.",
        days,
    ) % {"days": days}


def _pass_over(application: Application, why: str) -> None:
    """Says why somebody was not moved up; once, not at every look."""
    last = application.steps.last()
    if last is None or last.reason != why:
        note(application, by=None, reason=why)


@transaction.atomic
def reorder(
    *, training: Training, seat_class: SeatClass, order: Sequence[int], by: User | None, seen: Sequence[int]
) -> int:
    """Puts a reserve list into another order. `seen`: the order the officer looked at; how many ranks changed.

    ValidationError if the list is another one by now.
    """
    training = locked(training)
    listed = {one.pk: one for one in training.applications.reserve_list(seat_class)}
    if list(listed) != list(seen) or sorted(order) != sorted(listed):
        raise ValidationError(
            _("The reserve list has changed since you looked at it. Look again, then decide."), code="stale"
        )
    changed = 0
    for number, pk in enumerate(order, start=1):
        application = listed[pk]
        if application.reserve_rank != number:
            application.reserve_rank = number
            application.version += 1
            application.save(update_fields=["reserve_rank", "version"])
            note(application, by=by, reason=_("Rank on the reserve list: %(rank)d.") % {"rank": number})
            changed += 1
    return changed
