"""How the list of events is narrowed, and the series that events and trainings belong to."""

from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from activities.pages.filters import ActivityFilterSet, ActivityForm
from records.listing.filters import ChoicesFilter

from .models import Event, Series


class EventFilterSet(ActivityFilterSet):
    kind = ChoicesFilter(label=_("Kind"), choices=Event.Kind.choices)

    class Meta:
        model = Event
        fields: list[str] = []
        form = ActivityForm


def series_of(model: type[Activity]) -> dict[str, str]:
    """The names of the published series that have a published activity, by slug."""
    shown = model.objects.published().exclude(series=None).values("series")
    return {one.slug: one.name for one in Series.objects.published().filter(pk__in=shown).order_by("name")}
