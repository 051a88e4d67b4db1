"""Reminders of reviews: 24, 12, 6 and 3 months before the report is due, to the stewards of a site and the focal points of
its states.

They are written down in advance, as soon as their morning lies within the next two weeks, one row for each person, clock
and interval. A clock that enters the records later never gets those whose morning has gone by. Whether there is still
something to remind of is found out when a mail is sent.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, RoleGrant
from accounts.persons.recipients import person_id_of, recipient_of
from notifications import outbox
from notifications.mail_types import Drop, Facts, FactsOf, MailType, register
from notifications.topics import Frequency, Topic, register_topic
from records.formats.date_formatting import moment_words
from records.formats.partial_dates import Precision

from ..models import ClockedQuerySet, DesignatedSite
from ..models.review_clock import PARIS_ZONE, ReviewCycle, ReviewCycleState, Step, begin, months_before
from ..stewardship.stewards import stewards_by_site

MONTHS: Final = (24, 12, 6, 3)
MORNING: Final = dt.time(9)  # on the reader's clocks
AHEAD: Final = dt.timedelta(days=14)
TOPIC: Final = register_topic(
    Topic(
        name="reviews",
        label=_("Reviews of the sites you answer for"),
        explanation=_("24, 12, 6 and 3 months before a periodic review or a revalidation is due."),
        frequencies=(Frequency.ALL, Frequency.NEVER),
        default=Frequency.ALL,
    )
)


def reminder_kind(name: str, label: str | Promise, template: str, model: type[models.Model]) -> MailType:
    """The reminders of one kind of site. Two weeks after its morning a reminder is worth nothing any more."""
    return register(
        MailType(
            name=name, label=label, topic=TOPIC.name, facts=_facts_of(model), template=template,
            lifetime=dt.timedelta(days=14),
        )
    )  # fmt: skip


def plan(*, kind: MailType, model: type[DesignatedSite]) -> int:
    """Writes down the reminders of the next two weeks. How many are new."""
    now = timezone.now()
    coming = [
        (clock, months, months_before(clock.due_on, months))
        for clock in model.objects.published().clocks(now)
        if clock.is_waited_for
        for months in MONTHS
    ]
    near = [one for one in coming if now - dt.timedelta(days=1) < begin(one[2]) < now + AHEAD]
    readers = readers_of([clock.site for clock, _months, _day in near])
    return sum(
        _put(kind, clock, months, day, person, now)
        for clock, months, day in near
        for person in readers.get(clock.site.pk, [])
    )


def _put(kind: MailType, clock: ReviewCycle, months: int, day: dt.date, person: Person, now: dt.datetime) -> bool:
    recipient = recipient_of(person)
    due = dt.datetime.combine(day, MORNING, tzinfo=ZoneInfo(recipient.zone))
    return due > now and outbox.put(
        kind=kind.name, subject=clock.site, recipient=recipient, occurrence=occurrence_of(clock, months), due=due
    )


def occurrence_of(clock: ReviewCycle, months: int) -> str:
    """A day that is moved is reminded of anew."""
    return f"{clock.due_on}.{months}"


def readers_of(sites: Iterable[DesignatedSite]) -> dict[int, list[Person]]:
    """Stewards of today and focal points of the states, by site; each person once. Three queries, none without a site."""
    by_key = {site.pk: site for site in sites}
    if not by_key:
        return {}
    stewards = stewards_by_site(by_key)
    grants = RoleGrant.objects.active().filter(
        role=RoleGrant.Role.FOCAL_POINT,
        member_state__in={code for site in by_key.values() for code in site.state_codes},
    )
    of_state = list(grants.values_list("member_state", "person"))
    keys = {
        pk: stewards.get(pk, set()) | {person for code, person in of_state if code in site.state_codes}
        for pk, site in by_key.items()
    }
    known = Person.objects.known().select_related("care_of").in_bulk(set().union(*keys.values()))
    return {pk: [known[person] for person in sorted(persons) if person in known] for pk, persons in keys.items()}


def _facts_of(model: type[models.Model]) -> FactsOf:
    def find(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        sites = cast(ClockedQuerySet, model._default_manager.all())
        site = sites.published().with_outcomes().filter(pk=subject_id).first()
        if site is None:
            return Drop(_("The site is no longer there."))
        clock, months = site.clock(), int(occurrence.rpartition(".")[2])
        if reason := _why_not(clock, months, occurrence):
            return Drop(reason)
        person = person_id_of(recipient_key)
        if person not in {reader.pk for reader in readers_of([site])[site.pk]}:
            return Drop(_("The person no longer answers for this site."))
        return Facts(_values(clock, months))

    return find


def _why_not(clock: ReviewCycle | None, months: int, occurrence: str) -> str | Promise:
    if clock is None:
        return _("The designation has ended.")
    if clock.state == ReviewCycleState.SUBMITTED:
        return _("The report has come in.")
    if occurrence != occurrence_of(clock, months):
        return _("The due date was moved.")
    return "" if clock.is_waited_for else _("The due date is over.")


def _values(clock: ReviewCycle, months: int) -> dict[str, object]:
    site = clock.site
    return {
        "site": site.name,
        "months": months,
        "day": day_words(clock.due_on),
        "steps": [_step_words(step) for step in clock.open_steps],
        "clock_url": settings.SITE_URL + reverse("me-review", args=[site.kind, site.pk]),
    }


def day_words(day: dt.date | None) -> str:
    return moment_words(begin(day), PARIS_ZONE, Precision.DAY) if day else ""


def _step_words(step: Step) -> dict[str, object]:
    day = day_words(step.due_on)
    return {"label": step.label, "day": _now("%(day)s at the latest") % {"day": day} if step.at_latest else day}
