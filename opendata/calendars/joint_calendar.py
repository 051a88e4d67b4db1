"""The joint calendar to subscribe to: events and trainings, coming and of the past year; of one state or programme too."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from activities.icalendar.entries import entry_of, has_entry, lost_entry
from activities.icalendar.feeds import public_feed
from activities.models.activity import NEXT_FIRST, Activity, ActivityQuerySet
from activities.models.standing import standing_note, with_rooms
from designated_sites.listing.exports import refused
from history.models import Change
from network.models import MemberState, Programme
from typed_records.base import completed

KEPT: Final = dt.timedelta(days=365)


class CalendarForm(forms.Form):
    """What a calendar may be narrowed to, and the language of its titles."""

    state = forms.CharField(label=gettext_lazy("Held in"), required=False, max_length=2)
    programme = forms.CharField(label=gettext_lazy("Programme"), required=False, max_length=100)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, choices=settings.LANGUAGES)

    def clean_state(self) -> MemberState | None:
        code = self.cleaned_data["state"]
        found = MemberState.objects.published().filter(code=code.upper()).first() if code else None
        return _known(code, found)

    def clean_programme(self) -> Programme | None:
        slug = self.cleaned_data["programme"]
        found = Programme.objects.published().filter(slug=slug).first() if slug else None
        return _known(slug, found)


def _known(asked: str, found: object) -> Any:
    if asked and found is None:
        raise ValidationError(_("“%(name)s” is not known."), params={"name": asked})
    return found


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What was cancelled, or postponed without a new day, stays in it, marked, so that it leaves no false entry in a
    calendar; samples are left out."""
    form = CalendarForm(request.GET)
    if not form.is_valid():
        return refused(form)
    state, programme = form.cleaned_data["state"], form.cleaned_data["programme"]
    with translation.override(form.cleaned_data["language"] or settings.LANGUAGE_CODE):
        changed = Change.objects.latest_first().values_list("at", flat=True).first()
        found = with_rooms(completed(_recent(state, programme).order_by(*NEXT_FIRST)))
        entries = [
            entry
            for one in found
            if (entry := entry_of(one, note=standing_note(one)) if has_entry(one) else lost_entry(one))
        ]
        return public_feed(request, entries, name=name_of(state, programme), filename="eabrn", changed=changed)


def name_of(state: MemberState | None, programme: Programme | None) -> str:
    """What programs call the calendar."""
    network = _("East Asian Biosphere Reserve Network")
    narrowed = " · ".join(one.name for one in (state, programme) if one)
    return _("%(network)s: %(narrowed)s") % {"network": network, "narrowed": narrowed} if narrowed else network


def _recent(state: MemberState | None, programme: Programme | None) -> ActivityQuerySet:
    """Events and trainings; an entry tells nothing that only one of them knows."""
    activities = Activity.objects.published().filter(is_sample=False, starts_at__gte=timezone.now() - KEPT)
    activities = activities.prefetch_related("postponements")
    if state:
        activities = activities.in_state(state.code)
    return activities.of_programme(programme.slug) if programme else activities
