"""How the list of trainings is narrowed."""

from events.filters import OccasionFilterSet, OccasionForm

from .models import Training


class TrainingFilterSet(OccasionFilterSet):
    class Meta:
        model = Training
        fields: list[str] = []
        form = OccasionForm
