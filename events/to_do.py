"""What is to be done about events: taking a place in time, coming, saying what one thought of it."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.persons.to_do import Reader, Task, register_tasks

from .models import Event, Registration, Survey
from .models.survey_times import closes_at, is_open
from .participation.audience import who_took_part
from .places.signed_links import place_url

State = Registration.State
AHEAD: Final = dt.timedelta(days=14)  # how long before its start an event is told


def places(reader: Reader) -> Iterator[Task]:
    """Places that are held or offered, and events that begin."""
    own = Registration.objects.filter(person=reader.person, event__status=Event.Status.ANNOUNCED)
    for one in own.filter(event__starts_at__gt=reader.now - dt.timedelta(hours=6)).select_related("event", "person"):
        page, event = place_url(one).removeprefix(settings.SITE_URL), one.event
        begins = event.starts_at
        if one.state in (State.HELD, State.OFFERED) and one.held_until and one.held_until > reader.now:
            yield Task(
                _("Confirm your place") if one.state == State.HELD else _("Take your place"), event.title, page,
                _("Confirm my place") if one.state == State.HELD else _("Take the place"), until=one.held_until,
                detail=_("After that it goes to the next person."),
            )  # fmt: skip
        elif one.is_asked and one.is_active:
            yield Task(
                _("Say whether you still come"),
                event.title,
                page,
                _("Answer"),
                until=begins,
                detail=_("The event has been moved."),
            )
        elif one.state == State.CONFIRMED and begins - reader.now < AHEAD and (event.ends_at or begins) > reader.now:
            yield Task(
                _("Your event begins"), event.title, reverse("join", args=[one.join_token]) if one.joins_online else page,
                _("My place"), begins=begins,
                detail=_("Your way to join opens on its page shortly before.") if one.joins_online else event.venue,
            )  # fmt: skip


def surveys(reader: Reader) -> Iterator[Task]:
    confirmed = Registration.objects.confirmed().filter(person=reader.person)
    asking = Survey.objects.filter(event__registrations__in=confirmed).exclude(opened_at=None)
    unanswered = (
        asking.exclude(answered__registration__in=confirmed).select_related("event").prefetch_related("questions")
    )
    for survey in filter(is_open, unanswered):
        place = who_took_part(survey.event).filter(person=reader.person).first()
        if place is None:
            continue
        number = len(survey.questions.all())
        questions = ngettext("%(n)d question", "%(n)d questions", number) % {"n": number}
        yield Task(
            _("Say what you thought of it"), survey.event.title, reverse("join-survey", args=[place.join_token]), _("Answer"),
            until=closes_at(survey), detail=_("%(questions)s; no name is kept with the answers.") % {"questions": questions},
        )  # fmt: skip


register_tasks("events.places", places)
register_tasks("events.surveys", surveys)
