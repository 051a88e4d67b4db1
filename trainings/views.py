"""Pages of trainings."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from activities.icalendar.entries import calendar_response, has_entry
from activities.materials.files import shown_to
from activities.models.standing import with_rooms
from activities.pages.filters import ActivityFilterSet, ActivityForm
from activities.pages.views import ActivityListView, ActivityView, with_relations
from events.filters import series_of
from records.template_context import Context

from .models import Training


class TrainingFilterSet(ActivityFilterSet):
    """How the list of trainings is narrowed."""

    class Meta:
        model = Training
        fields: list[str] = []
        form = ActivityForm


class TrainingListView(ActivityListView):
    model = Training
    filterset_class = TrainingFilterSet
    template_name = "trainings/trainings.html"

    def series(self) -> dict[str, str]:
        return series_of(Training)


class TrainingView(ActivityView):
    template_name = "trainings/training.html"

    def get_queryset(self) -> QuerySet:
        return with_relations(self.shown(Training.objects.all())).prefetch_related(
            "seat_classes__only_states", "caps__member_state", "caps__site", "extensions"
        )

    def get_context_data(self, **kwargs: object) -> Context:
        events = with_rooms(self.object.events.published().with_coming().order_by("starts_at", "slug"))
        materials, kept = shown_to(self.object, self.request.user)
        more = {"events": events, "materials": materials, "materials_kept": kept}
        return super().get_context_data(**kwargs) | more


def training_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One training for a calendar. What is known to the month or year only has no place in one."""
    training = get_object_or_404(Training.objects.published(), slug=slug)
    if not has_entry(training):
        raise Http404("the day is not known")
    return calendar_response([training], filename=training.slug)
