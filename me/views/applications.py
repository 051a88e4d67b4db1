"""What the people of the states one answers for have applied for."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from directory.lists import RecordListView
from trainings.models import Application, Training

from ..access import PeoplePage
from ..filters import ApplicationFilterSet


class OfStateView(PeoplePage, RecordListView):
    """The applications of the own states for one training."""

    model = Application
    filterset_class = ApplicationFilterSet
    template_name = "me/applications_of_state.html"

    @cached_property
    def training(self) -> Training:
        return get_object_or_404(Training.objects.published(), slug=self.kwargs["slug"])

    def get_queryset(self) -> QuerySet:
        found = self.training.applications.in_scope(self.scope)
        return found.select_related("person", "member_state", "seat_class", "wanted_class")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**kwargs) | {"training": self.training}
