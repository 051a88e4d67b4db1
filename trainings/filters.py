"""How the list of trainings is narrowed."""

from activities.pages.filters import ActivityFilterSet, ActivityForm

from .models import Training


class TrainingFilterSet(ActivityFilterSet):
    class Meta:
        model = Training
        fields: list[str] = []
        form = ActivityForm
