"""Pages of events."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from activities.icalendar.entries import calendar_response, has_entry
from activities.models.standing import is_limited, standing_of, with_rooms
from activities.pages.views import ActivityListView, ActivityView, with_relations
from records.template_context import Context

from .filters import EventFilterSet, series_of
from .models import Event
from .participation import materials
from .places.rooms import rooms_by_way


class EventListView(ActivityListView):
    model = Event
    filterset_class = EventFilterSet
    template_name = "events/events.html"

    def series(self) -> dict[str, str]:
        return series_of(Event)


class EventView(ActivityView):
    template_name = "events/event.html"

    def get_queryset(self) -> QuerySet:
        return with_relations(self.shown(Event.objects.select_related("part_of")))

    def get_context_data(self, **kwargs: object) -> Context:
        parts = self.object.parts.published().with_coming().order_by("starts_at", "slug")
        ways = rooms_by_way([self.object])[self.object.pk] if is_limited(self.object) else {}
        standing = standing_of(self.object)
        shown = materials.on_page(self.object, self.request.user)
        return super().get_context_data(**kwargs) | {
            "parts": with_rooms(parts), "ways": list(ways.items()), "is_full": standing.word == "full", **shown,
        }  # fmt: skip


def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for a calendar. What is known to the month or year only has no place in one."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    if not has_entry(event):
        raise Http404("the day is not known")
    return calendar_response([event], filename=event.slug)
