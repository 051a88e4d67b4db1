"""The focal point's part: hearing of applications of the own state, and putting the endorsed ones into an order."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, RoleGrant, User
from accounts.persons.recipients import recipient_of
from accounts.scopes import scope_of
from notifications import outbox
from typed_records.locks import locked

from ..mails import progress as mails
from ..models import Application, Training
from ..models.applications import ApplicationQuerySet
from .conditions import fresh, refuse_over
from .transitions import For, State, note

QUIET: Final = dt.timedelta(hours=1)  # several people of one committee often apply within it


def focal_points_of(member_state_id: str) -> list[Person]:
    """Whoever speaks for a member state now."""
    grants = RoleGrant.objects.active().filter(role=RoleGrant.Role.FOCAL_POINT, member_state=member_state_id)
    return [grant.person for grant in grants.select_related("person__care_of").order_by("pk")]


def nominates(*, application: Application, by: User | None) -> bool:
    """Whether who sends the application speaks for its member state, and for somebody else."""
    if by is None or application.nominated_by_id is None or application.person.user_id == by.pk:
        return False
    return application.member_state_id in scope_of(by).states


def ask_focal_points(*, application: Application) -> int:
    """Tells them that somebody waits for their word: one mail a day, however many apply. How many mails are new."""
    today = timezone.now().date().isoformat()
    return sum(
        outbox.put(
            kind=mails.TO_ENDORSE.name, subject=application.training, recipient=recipient_of(person),
            occurrence=f"{application.member_state_id}.{today}", due=timezone.now() + QUIET,
        )
        for person in focal_points_of(application.member_state_id) if person.pk != application.person_id
    )  # fmt: skip


@transaction.atomic
def ask_again(*, application: Application, by: User, reason: str = "", seen: int | None = None) -> Application:
    """The office asks the focal point about somebody of whom nothing is said yet; a line of the log says so."""
    application = fresh(application, seen)
    refuse_over(application.training)
    if application.state != State.SUBMITTED:
        raise ValidationError(
            _("%(reference)s is “%(state)s” now: the focal point is asked about applications that wait for a word."),
            params={"reference": application.reference, "state": application.get_state_display()}, code="state",
        )  # fmt: skip
    if not any(one.pk != application.person_id for one in focal_points_of(application.member_state_id)):
        raise ValidationError(
            _("%(state)s has no focal point who could be asked. Give somebody that role, or note what the committee says."),
            params={"state": str(application.member_state)}, code="nobody",
        )  # fmt: skip
    if ask_focal_points(application=application):
        words = " ".join(filter(None, [_("The focal point was asked."), reason]))
        note(application, by=by, reason=words, reason_for=For.STATE)
    else:
        raise ValidationError(_("The focal point has been asked today already."), code="asked")
    return application


def endorsed_of(training: Training, member_state_id: str) -> ApplicationQuerySet:
    """Those of a state whom its focal point has endorsed, whatever became of them since; by rank, then as they came."""
    found = training.applications.active().filter(member_state=member_state_id, endorsed=True)
    ranked: ApplicationQuerySet = found.order_by(F("endorsement_rank").asc(nulls_last=True), "submitted_at", "pk")
    return ranked


@transaction.atomic
def rank(
    *, training: Training, member_state_id: str, order: Sequence[int], by: User, seen: Mapping[int, int | None] | None = None
) -> int:  # fmt: skip
    """Puts endorsed applications of a state into an order, the first is rank 1; those not named lose theirs.

    `order` holds primary keys; `seen` the ranks that were looked at, by key. How many ranks changed. ValidationError if one
    is not endorsed, or of another state; if the ranks are others by now; and once the training has begun.
    """
    training = locked(training)
    refuse_over(training)
    scope = scope_of(by)
    if not scope.all and member_state_id not in scope.states:
        raise ValidationError(_("These applications are not of your member state."), code="scope")
    endorsed = {one.pk: one for one in endorsed_of(training, member_state_id)}
    if seen is not None and {pk: one.endorsement_rank for pk, one in endorsed.items()} != dict(seen):
        raise ValidationError(
            _("The ranks, or who is endorsed, have changed since you looked. See what is so now, then keep your order."),
            code="stale",
        )  # fmt: skip
    if len(set(order)) != len(order) or not set(order) <= endorsed.keys():
        raise ValidationError(_("Only applications that you have endorsed have a rank. Look at the list again."))
    wanted = {pk: number for number, pk in enumerate(order, start=1)}
    changed = 0
    for pk, application in endorsed.items():
        if application.endorsement_rank != wanted.get(pk):
            application.endorsement_rank = wanted.get(pk)
            application.version += 1
            application.save(update_fields=["endorsement_rank", "version"])
            words = (
                _("Ranked %(rank)d by the focal point.") % {"rank": wanted[pk]}
                if pk in wanted
                else _("Rank taken away.")
            )
            note(application, by=by, reason=words, reason_for=For.STATE)
            changed += 1
    return changed
