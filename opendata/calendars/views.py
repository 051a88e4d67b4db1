"""The page of all calendars one can subscribe to, with their addresses."""

from django.urls import reverse
from django.views.generic import TemplateView

from activities.icalendar.addresses import Address
from network.states import states_by_code
from records.template_context import Context

from .choices import of_programme, of_state, used_programmes


class CalendarsView(TemplateView):
    """One for everything, one for each member state, one for each programme that has an event or training."""

    template_name = "opendata/calendars.html"

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {
            "everything": Address.of(reverse("calendar")),
            "of_states": [(state, of_state(state)) for state in states_by_code().values()],
            "of_programmes": [(one, of_programme(one)) for one in used_programmes()],
        }
