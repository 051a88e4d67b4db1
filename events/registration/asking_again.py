"""After a move: everybody who is registered is asked whether they still come, and says so, or gives the place up.

Nobody has to answer: a registration stays as it is. What somebody says holds for the time at which it was asked; who is asked
again after another move has said nothing yet.
"""

import datetime as dt
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications import mailings, outbox
from notifications.models import Mailing
from typed_records.locks import locked

from ..mails.still_coming import STILL_COMING, occurrence_of
from ..models import Event, Registration, RegistrationQuerySet
from ..places.log import step
from ..places.readers import reader_of
from . import registering

State = Registration.State
BETWEEN: Final = dt.timedelta(days=1)


def refusal(event: Event) -> str:
    """Why nobody can be asked, in words; nothing if they can."""
    if event.status != Event.Status.ANNOUNCED or event.starts_at <= timezone.now():
        return _("Only of an event that is announced and has not begun can be asked who still comes.")
    if not event.postponements.exclude(moved_at=None).exists():
        return _("The event was not moved.")
    return ""


def to_ask(event: Event) -> RegistrationQuerySet:
    """Those who registered before the last move and have not answered since: with a place, or waiting with a confirmed
    address. Who has still to confirm the place is asked by that mail already; nobody is asked twice within a day."""
    moved = event.postponements.exclude(moved_at=None).order_by("moved_at").values_list("moved_at", flat=True).last()
    if moved is None:
        return event.registrations.none()
    place = Q(state=State.CONFIRMED) | Q(state=State.WAITING, held_until=None)
    silent = Q(comes_at=None) | Q(comes_at__lt=moved)
    lately = Q(asked_at__gte=max(moved, timezone.now() - BETWEEN))
    return event.registrations.filter(place, silent, created_at__lt=moved).exclude(lately)


@transaction.atomic
def ask(*, event: Event, by: User) -> Mailing | None:
    """One mail to each of them, which can be called back as long as none has gone out. None: nobody is to be asked."""
    event = locked(event)
    if refused := refusal(event):
        raise ValidationError(refused)
    chosen = list(to_ask(event).with_readers())
    if not chosen:
        return None
    event.registrations.filter(pk__in=[one.pk for one in chosen]).update(asked_at=timezone.now(), comes_at=None)
    label = _("Who still comes: %(event)s") % {"event": event.title}
    mailing = mailings.open_mailing(label=label, kind=STILL_COMING.name, by_id=by.pk)
    for one in chosen:
        reader = (reader_of(one), occurrence_of(event, mailing.pk))
        outbox.put_many(kind=STILL_COMING.name, subject=one, mailing=mailing, readers=[reader])
    return mailing


@transaction.atomic
def comes(*, registration: Registration) -> Registration:
    """The person says so. Twice changes nothing; who is no longer registered cannot."""
    event = locked(registration.event)
    fresh: Registration = event.registrations.select_for_update(of=("self",)).get(pk=registration.pk)
    if not fresh.is_active:
        raise ValidationError(_("You are no longer registered for this event."))
    if fresh.is_asked:
        fresh.comes_at = timezone.now()
        fresh.save(update_fields=["comes_at"])
        step(fresh, _("Asked after the move: comes."))
    return fresh


@transaction.atomic
def gives_up(*, registration: Registration) -> Registration:
    """As any cancellation, with the reason that the officers look for."""
    why = _("Asked after the move: does not come.") if registration.is_asked else ""
    return registering.cancel(registration=registration, why=why)


def answers(event: Event) -> dict[str, int]:
    """Of those who were asked: how many come, gave the place up since, and have said nothing."""
    asked = event.registrations.exclude(asked_at=None)
    gone = asked.filter(state=State.CANCELLED, cancelled_at__gte=F("asked_at")).count()
    there = asked.active()
    said = there.exclude(comes_at=None).count()
    return {"comes": said, "gave_up": gone, "silent": there.count() - said} if gone or there.exists() else {}
