"""A person's own calendar: what they are registered for and take part in, at a secret address that can be taken back."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from icalendar import Event as Entry

from accounts.models import Person
from accounts.scopes import scope_of
from activities.icalendar.addresses import Address
from activities.icalendar.entries import entry_of, has_entry, lost_entry
from activities.icalendar.feeds import own_feed
from activities.models import Activity
from events.models import CalendarToken, Event, Registration
from events.participation import calendar_tokens
from events.places.calendar_versions import raised
from records.template_context import Context
from trainings.models import Application

from .access import answers_for_sites

Taken = Application.State
SURE: Final = {Taken.CONFIRMED, Taken.ATTENDED, Taken.COMPLETED}
UNSURE: Final = {Taken.SELECTED, Taken.RESERVE_LIST}
GIVEN_UP_KEPT: Final = dt.timedelta(days=30)  # after the event is over


def feed_behind(
    request: HttpRequest, token: str, entries: Callable[[Person], list[Entry]], *, name: str | Promise
) -> HttpResponse:  # fmt: skip
    """A feed at the secret address of a person, in their language. Addresses that were taken back are not found."""
    found = get_object_or_404(CalendarToken.objects.select_related("person__user"), token=token)
    language = found.person.language
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return own_feed(request, entries(found.person), name=str(name))


@require_safe
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    return feed_behind(request, token, entries_of, name=gettext_lazy("EABRN: my events"))


def entries_of(person: Person) -> list[Entry]:
    """Places that are confirmed, and as uncertain those that are held, offered or waited for. Drafts and what is hidden
    stay out. What was cancelled stays, marked, and so does for a while a place that was given up: a program that once
    took the entry drops it only when it is told to."""
    applications = (
        Application.objects.filter(person=person, state__in=SURE | UNSURE)
        .select_related("training")
        .prefetch_related("training__postponements")
    )
    entries = [_registered(*one) for one in _places_of(person)]
    entries += [_taken_part(one) for one in applications if _is_public(one.training)]
    return [entry for entry in entries if entry]


def _is_public(activity: Activity) -> bool:
    return activity.published and activity.status != Event.Status.DRAFT


def _taken_part(application: Application) -> Entry | None:
    training = application.training
    return entry_of(training, tentative=application.state in UNSURE) if has_entry(training) else lost_entry(training)


def _places_of(person: Person) -> list[tuple[object, int]]:
    """One for each event, with how often the person gave it up: the place they have, else the last one given up."""
    gone = Q(steps__state__in=Registration.GONE)
    recent = Event.objects.not_over_before(timezone.now() - GIVEN_UP_KEPT)
    rows = (
        Registration.objects.filter(person=person)
        .annotate(times_gone=Count("steps", gone), gone_at=Max("steps__at", filter=gone))
        .annotate(is_recent=Exists(recent.filter(pk=OuterRef("event"))))
        .select_related("event")
        .prefetch_related("event__postponements")
        .order_by("pk")
    )
    found: dict[int, tuple[Any, int]] = {}
    for row in rows:
        kept, times = found.get(row.event_id, (row, 0))
        times += row.times_gone
        found[row.event_id] = (kept if kept.is_active and not row.is_active else row, times)
    return [(row, times) for row, times in found.values() if _is_public(row.event) and (row.is_active or row.is_recent)]


def _registered(registration: Any, times_gone: int) -> Entry | None:
    """Each giving up and each return is a newer entry than the one before."""
    event = registration.event
    above = raised(times_gone=times_gone, is_active=registration.is_active)
    if not has_entry(event):
        return lost_entry(event, raised=above)
    if not registration.is_active:
        gone_at = registration.cancelled_at or registration.gone_at
        return entry_of(event, given_up=True, changed=gone_at, raised=above)
    confirmed = registration.state == Registration.State.CONFIRMED
    by_link = confirmed and registration.joins_online and event.status != Event.Status.CANCELLED
    join_url = settings.SITE_URL + reverse("join", args=[registration.join_token]) if by_link else ""
    return entry_of(event, tentative=not confirmed, join_url=join_url, changed=registration.confirmed_at, raised=above)


@method_decorator(never_cache, name="dispatch")
class OwnCalendarView(LoginRequiredMixin, TemplateView):
    """The address of one's own calendar: shown, made, made anew, taken back."""

    template_name = "me/calendar.html"

    def get_context_data(self, **kwargs: object) -> Context:
        token = CalendarToken.objects.filter(person__user=self.request.user.pk).first()
        address = Address.of(reverse("own-calendar", args=[token.token])) if token else None
        answers = token is not None and answers_for_sites(scope_of(self.request.user))
        reviews = Address.of(reverse("own-reviews", args=[token.token])) if token and answers else None
        return super().get_context_data(**kwargs) | {"token": token, "address": address, "reviews_address": reviews}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        person = Person.objects.filter(user=request.user.pk).first()
        if person is None:
            raise Http404("no person")
        if request.POST.get("do") == "revoke":
            calendar_tokens.revoke(person=person)
            messages.success(request, _("The address is taken back. Programs that use it get nothing any longer."))
        else:
            calendar_tokens.renew(person=person)
            messages.success(request, _("This is your new address. One that you had before leads nowhere now."))
        return redirect("me-calendar")
