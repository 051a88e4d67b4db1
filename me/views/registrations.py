"""What the people of the states one answers for are registered for."""

from django.db.models import QuerySet

from accounts.models import Person
from events.models import Registration
from records.listing.lists import RecordListView

from ..access import PeoplePage
from ..filters import RegistrationFilterSet


class RegistrationsView(PeoplePage, RecordListView):
    model = Registration
    filterset_class = RegistrationFilterSet
    template_name = "me/registrations.html"

    def get_queryset(self) -> QuerySet:
        people = Person.objects.known().in_scope(self.scope)
        return (
            Registration.objects.answered()
            .filter(person__in=people)
            .select_related("event", "person")
            .order_by("-created_at", "-pk")
        )
