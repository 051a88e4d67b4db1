"""The page of all calendars one can subscribe to, with their addresses."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from events.calendar_addresses import Address
from events.models import Event
from network.models import Programme
from network.states import states_by_code
from trainings.models import Training


class CalendarsView(TemplateView):
    """One for everything, one for each member state, one for each programme that has an event or training."""

    template_name = "opendata/calendars.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        path = reverse("calendar")
        of_states = [(state, Address.of(f"{path}?state={code}")) for code, state in states_by_code().items()]
        return super().get_context_data(**kwargs) | {
            "everything": Address.of(path),
            "of_states": of_states,
            "of_programmes": [(one, Address.of(f"{path}?programme={one.slug}")) for one in _used_programmes()],
        }


def _used_programmes() -> list[Programme]:
    found = Programme.objects.published()
    used = [kind.objects.published().filter(is_sample=False).values("programmes") for kind in (Event, Training)]
    return list((found.filter(pk__in=used[0]) | found.filter(pk__in=used[1])).order_by("name", "pk"))
