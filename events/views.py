"""Pages of events."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from directory.moments import on_clock

from . import joining
from .calendars import calendar_response, has_entry
from .filters import EventFilterSet
from .models import Event, Registration
from .occasion_pages import OccasionListView, OccasionView, with_relations
from .times import on_clocks


class EventListView(OccasionListView):
    model = Event
    filterset_class = EventFilterSet
    template_name = "events/events.html"


class EventView(OccasionView):
    template_name = "events/event.html"

    def get_queryset(self) -> QuerySet:
        return with_relations(Event.objects.published().select_related("part_of"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = self.object.parts.published().order_by("starts_at", "pk")
        return super().get_context_data(**kwargs) | {"parts": parts}


@method_decorator(never_cache, name="dispatch")
class JoinView(TemplateView):
    """The personal address of somebody registered: when one can join, and then how."""

    template_name = "events/join.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Registration.objects.select_related("event", "person")
        registration = get_object_or_404(found, join_token=self.kwargs["token"])
        event = registration.event
        zone = registration.person.time_zone
        return super().get_context_data(**kwargs) | {
            "event": event,
            "door": joining.door_of(registration),
            "opens": on_clock(joining.opens_at(event), zone),
            "links": list(event.join_links.all()),
            "clocks": on_clocks(event),
            "own": on_clocks(event, zone),
        }


def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for a calendar. What is known to the month or year only has no place in one."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    if not has_entry(event):
        raise Http404("the day is not known")
    return calendar_response([event], filename=event.slug)
