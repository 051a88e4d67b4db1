"""The days by which the sites one answers for hand in their reports, as a calendar behind the address of the own one."""

import datetime as dt
from collections.abc import Iterator
from typing import cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from icalendar import Event as Entry

from accounts.models import Person
from accounts.scopes import scope_of
from activities.icalendar.entries import deadline_entry
from designated_sites.models import DesignatedSite
from designated_sites.models.review_clock import ReviewCycle
from history.models import Change

from .own_calendar import feed_behind
from .own_sites import MODELS
from .review_clocks import clocks_in_scope


@require_safe
def own_reviews(request: HttpRequest, token: str) -> HttpResponse:
    """Empty for whoever answers for no site any more."""
    return feed_behind(request, token, deadlines_of, name=gettext_lazy("EABRN: reviews of my sites"))


def deadlines_of(person: Person) -> list[Entry]:
    """What has still to be handed in, in the scope of the person today. Clocks that are over or unknown have no entry."""
    clocks = clocks_in_scope(scope_of(person.user or AnonymousUser()))
    waited_for = [clock for clock in clocks if clock.is_waited_for]
    changed = _changed([clock.site for clock in waited_for])
    return [entry for clock in waited_for for entry in _entries(clock, changed[clock.site.kind, clock.site.pk])]


def _changed(sites: list[DesignatedSite]) -> dict[tuple[str, int], dt.datetime]:
    """When each site or one of its reviews was last changed: its days follow from both. A query for each kind of site."""
    found = {(site.kind, site.pk): site.updated_at for site in sites}
    for kind, model in MODELS.items():
        rows = cast(type[Model], model._meta.get_field(model.clock_rows).related_model)
        own = [site for site in sites if site.kind == kind]
        for pk, at in Change.objects.latest_below(own, rows).items() if own else ():
            found[kind, pk] = max(at, found[kind, pk])
    return found


def _entries(clock: ReviewCycle, changed: dt.datetime) -> Iterator[Entry]:
    site = clock.site
    address = settings.SITE_URL + reverse("me-review", args=[site.kind, site.pk])
    for step in clock.open_steps:
        if step.due_on:
            words = _("Until the end of this day in Paris.")
            if step.at_latest:
                words = f"{_('The day is not known yet; at the latest on this one.')} {words}"
            yield deadline_entry(
                f"{site.kind}/{site.pk}/{clock.year}/{step.name}", day=step.due_on, description=words, address=address,
                title=f"{site.name}: {clock.label}, {step.label}", changed=changed,
            )  # fmt: skip
