"""What waits for a focal point, and until when: words about applications, drafts that were begun, seats and places of people
whose mail comes to them. What ends soonest stands first."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from events.models import Registration
from records.scope import Scope
from trainings.models import Application, Training

from .state_applications import waiting_of

MOST: Final = 20
State = Application.State


@dataclass(frozen=True)
class Waiting:
    """`until` on the clocks of `zone`."""

    words: str
    url: str
    until: dt.datetime | None
    zone: str


def waiting_for(user: User, scope: Scope, now: dt.datetime) -> list[Waiting]:
    if not scope.states:
        return []
    found = [*_words(user, scope, now), *_drafts(scope, now), *_seats(user, now), *_places(user, now)]
    return sorted(found, key=lambda one: (one.until is None, one.until or now, one.words))[:MOST]


def _end(training: Training) -> tuple[dt.datetime, str]:
    return training.nominations_close_at or training.starts_at, training.deadline_zone or training.timezone


def _words(user: User, scope: Scope, now: dt.datetime) -> list[Waiting]:
    """A word is taken until the secretariat has decided, at the latest when the training begins."""
    lines = []
    for call in waiting_of(user, scope, now):
        words = ngettext("%(n)d application waits for your word: %(call)s", "%(n)d applications wait for your word: %(call)s", call.waiting)  # fmt: skip
        until, zone = _end(call)
        url = reverse("me-applications-of-state", args=[call.slug]) + "?state=submitted"
        lines.append(
            Waiting(words % {"n": call.waiting, "call": call}, url, until if until > now else call.starts_at, zone)
        )
    return lines


def _drafts(scope: Scope, now: dt.datetime) -> list[Waiting]:
    begun = (
        Application.objects.drafts_for(scope).filter(training__starts_at__gt=now).select_related("training", "person")
    )
    lines = []
    for one in begun.order_by("pk")[:MOST]:
        until, zone = _end(one.training)
        if until > now:
            url = reverse("me-person-apply", args=[one.person_id, one.training.slug])
            words = _("Finish and send the nomination of %(name)s: %(call)s") % {
                "name": one.person,
                "call": one.training,
            }
            lines.append(Waiting(words, url, until, zone))
    return lines


def _seats(user: User, now: dt.datetime) -> list[Waiting]:
    offered = Application.objects.filter(
        state=State.SELECTED, answer_by__gt=now, person__email="", person__user=None, person__care_of__user=user.pk
    ).select_related("training", "person")
    return [
        Waiting(
            _("Take or decline the seat of %(name)s: %(call)s") % {"name": one.person, "call": one.training},
            reverse("me-application-of-state", args=[one.training.slug, one.reference]), one.answer_by, one.training.timezone,
        )
        for one in offered[:MOST]
    ]  # fmt: skip


def _places(user: User, now: dt.datetime) -> list[Waiting]:
    offered = Registration.objects.filter(
        state=Registration.State.OFFERED,
        held_until__gt=now,
        person__email="",
        person__user=None,
        person__care_of__user=user.pk,
    ).select_related("event", "person")
    return [
        Waiting(
            _("Take or decline the place of %(name)s: %(event)s") % {"name": one.person, "event": one.event},
            reverse("me-person", args=[one.person_id]), one.held_until, one.event.timezone,
        )
        for one in offered[:MOST]
    ]  # fmt: skip
