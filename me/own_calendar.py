"""A person's own calendar: what they are registered for and take part in, at a secret address that can be taken back."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from icalendar import Event as Entry

from accounts.models import Person
from accounts.scopes import scope_of
from events import calendar_tokens
from events.calendar_addresses import Address
from events.calendar_feeds import own_feed
from events.calendars import entry_of, has_entry, lost_entry
from events.models import CalendarToken, Event, Registration
from trainings.models import Application

from .access import answers_for_sites

Taken = Application.State
SURE: Final = {Taken.CONFIRMED, Taken.ATTENDED, Taken.COMPLETED}
UNSURE: Final = {Taken.SELECTED, Taken.RESERVE_LIST}


@require_safe
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """In the language of the person."""
    found = get_object_or_404(CalendarToken.objects.select_related("person"), token=token)
    language = found.person.language
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return own_feed(request, entries_of(found.person), name=_("EABRN: my events"))


def entries_of(person: Person) -> list[Entry]:
    """Places that are confirmed, and as uncertain those that are held, offered or waited for. Drafts and what is hidden
    stay out; what was cancelled stays, marked, as long as the person has not given up the place."""
    registrations = (
        Registration.objects.filter(person=person)
        .active()
        .select_related("event")
        .prefetch_related("event__postponements")
    )
    applications = (
        Application.objects.filter(person=person, state__in=SURE | UNSURE)
        .select_related("training")
        .prefetch_related("training__postponements")
    )
    entries = [_registered(one) for one in registrations if _is_public(one.event)]
    entries += [_taken_part(one) for one in applications if _is_public(one.training)]
    return [entry for entry in entries if entry]


def _is_public(occasion: Any) -> bool:
    return occasion.published and occasion.status != Event.Status.DRAFT


def _taken_part(application: Application) -> Entry | None:
    training = application.training
    return entry_of(training, tentative=application.state in UNSURE) if has_entry(training) else lost_entry(training)


def _registered(registration: Registration) -> Entry | None:
    event = registration.event
    if not has_entry(event):
        return lost_entry(event)
    confirmed = registration.state == Registration.State.CONFIRMED
    by_link = confirmed and registration.joins_online and event.status != Event.Status.CANCELLED
    join_url = settings.SITE_URL + reverse("join", args=[registration.join_token]) if by_link else ""
    return entry_of(event, tentative=not confirmed, join_url=join_url, changed=registration.confirmed_at)


@method_decorator(never_cache, name="dispatch")
class OwnCalendarView(LoginRequiredMixin, TemplateView):
    """The address of one's own calendar: shown, made, made anew, taken back."""

    template_name = "me/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        token = CalendarToken.objects.filter(person__user=self.request.user.pk).first()
        address = Address.of(reverse("own-calendar", args=[token.token])) if token else None
        answers = token is not None and answers_for_sites(scope_of(self.request.user))
        reviews = Address.of(reverse("own-reviews", args=[token.token])) if token and answers else None
        return super().get_context_data(**kwargs) | {"token": token, "address": address, "reviews_address": reviews}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
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
