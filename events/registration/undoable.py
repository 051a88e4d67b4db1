"""Acts of officers on many places at once: done together, their mails gathered into one mailing, and undone as one act."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import User
from notifications import mailings
from notifications.models import Mail, Mailing
from typed_records.locks import locked, wait_for_locks

from ..models import Event, PlaceAct, Registration, RegistrationStep
from ..places.log import step
from . import reminders
from .registering import QUEUE_SECONDS

State = Registration.State
Act = Callable[[Registration], object]
LABEL: Final = Registration._meta.label_lower  # of the mails about places
MOMENTS: Final = ("held_until", "queued_at", "confirmed_at", "cancelled_at")


@dataclass
class Done:
    """What an act on several places did: whom it changed, whom it could not and why, and how it is undone."""

    changed: list[Registration] = field(default_factory=list)
    refused: list[tuple[Registration, str]] = field(default_factory=list)
    others: int = 0  # people who were not meant, and moved by it: offered what became free
    mailing: Mailing | None = None
    act: PlaceAct | None = None


@transaction.atomic
def each(
    *, event: Event, chosen: Iterable[Registration], act: Act, label: str, by: User | None, words: str = ""
) -> Done:
    """Does an act with each of several places of one event, in the order in which they came. What is refused for one leaves
    the others alone."""
    keys = [one.pk for one in chosen]
    done = Done()
    with as_one_act(event=event, label=label, words=words, by=by, done=done) as current:
        for registration in current.registrations.filter(pk__in=keys).with_readers():
            registration.event = current
            try:
                with transaction.atomic():
                    act(registration)
            except ValidationError as refused:
                done.refused.append((registration, " ".join(refused.messages)))
            else:
                done.changed.append(registration)
    return done


@contextmanager
def as_one_act(*, event: Event, label: str, by: User | None, done: Done, words: str = "") -> Iterator[Event]:
    """What is done within with places of an event can be undone as one act, and its mails are one mailing. The row of the
    event is locked: nobody else moves its places meanwhile. Within a transaction. `label` names the mailing, `words` the act."""
    wait_for_locks(QUEUE_SECONDS)
    current = locked(event)
    since, before = timezone.now(), _standing(current)
    yield current
    written = Mail.objects.filter(
        subject_label=LABEL, subject_id__in=current.registrations.values("pk"), created_at__gte=since,
        state=Mail.State.QUEUED, mailing=None,
    )  # fmt: skip
    until = timezone.now() + dt.timedelta(minutes=settings.OUTBOX_UNDO_MINUTES)
    if kinds := Counter(written.values_list("kind", flat=True)):
        kind = kinds.most_common(1)[0][0]
        done.mailing = mailings.open_mailing(label=label, kind=kind, by_id=by.pk if by else None)
        written.update(mailing=done.mailing, due=done.mailing.goes_at)
        until = done.mailing.goes_at
    now = _standing(current)
    moved = {str(pk): before.get(pk, {}) for pk in now if now[pk] != before.get(pk)}
    meant = {str(one.pk) for one in done.changed}
    done.others = len(moved.keys() - meant) if meant else 0
    if moved:
        done.act = PlaceAct.objects.create(
            event=current, words=(words or label)[:300], by_id=by.pk if by else None, until=until, mailing=done.mailing, before=moved
        )  # fmt: skip


def _standing(event: Event) -> dict[int, dict[str, Any]]:
    """How every place of an event stands, as it can be written down."""
    rows = event.registrations.values_list("pk", "state", "presence", *MOMENTS)
    return {
        pk: {"state": state, "presence": presence, **{name: one.isoformat() if one else None for name, one in zip(MOMENTS, moments, strict=True)}}
        for pk, state, presence, *moments in rows
    }  # fmt: skip


@transaction.atomic
def undo(*, act: PlaceAct, by: User | None) -> int:
    """Every place stands again as before the act, and no mail of it goes out. How many. ValidationError when a mail has gone
    out, or a place has moved again since: then nothing is undone."""
    wait_for_locks(QUEUE_SECONDS)
    event = locked(act.event)
    act = PlaceAct.objects.select_for_update(of=("self",)).select_related("mailing").get(pk=act.pk)
    refuse_undoing(act=act)
    if act.mailing:
        mailings.call_back(mailing=act.mailing, by_id=by.pk if by else None)
    rows = event.registrations.filter(pk__in=act.before).with_readers()
    # Those who lose a place first: there are never more taken than there are.
    for registration in sorted(rows, key=lambda one: act.before[str(one.pk)].get("state") in Registration.HOLDING):
        registration.event = event
        _put_back(registration, act.before[str(registration.pk)], by)
    act.undone_at = timezone.now()
    act.save(update_fields=["undone_at"])
    return len(rows)


def refuse_undoing(*, act: PlaceAct) -> None:
    if act.undone_at:
        raise ValidationError(_("This was undone already."))
    if act.mailing and act.mailing.mails.exclude(state__in=[Mail.State.QUEUED, Mail.State.DROPPED]).exists():
        raise ValidationError(_("Mails of it have gone out: it cannot be undone any more. Use the acts of the list."))
    if not act.can_be_undone:
        raise ValidationError(_("It can only be undone for some minutes. Use the acts of the list."))
    if RegistrationStep.objects.filter(registration__in=list(act.before), at__gt=act.at).exists():
        raise ValidationError(_("Some of these places have moved again since. Use the acts of the list."))


def _put_back(registration: Registration, before: dict[str, Any], by: User | None) -> None:
    """A place that did not exist before the act is cancelled, quietly."""
    registration.state = before.get("state", State.CANCELLED)
    for name in MOMENTS:
        written = before.get(name)
        setattr(registration, name, parse_datetime(written) if written else None)
    if not before:
        registration.cancelled_at = timezone.now()
    registration.save(update_fields=["state", *MOMENTS])
    step(registration, _("Undone by the secretariat."), by)
    if registration.state == State.CONFIRMED:
        reminders.schedule(registration=registration)
    else:
        reason = _("The place was taken back.")
        reminders.stop(event=registration.event, reason=reason, person_id=registration.person_id)
