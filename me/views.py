"""A person's own pages."""

from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from accounts.models import Person, User
from accounts.scopes import scope_of
from events.models import Registration
from geoparks.models import Geopark
from network.models import MemberState
from reserves.models import BiosphereReserve
from trainings.models import Application


class OverviewView(LoginRequiredMixin, TemplateView):
    """Who I am to the portal: my roles, sites, registrations and applications."""

    template_name = "me/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast(User, self.request.user)
        person = Person.objects.select_related("member_state").filter(user=user).first()
        scope = scope_of(user)
        context = super().get_context_data(**kwargs) | {"person": person, "scope": scope}
        if person is None:
            return context
        return context | {
            "roles": person.roles.active().select_related("member_state"),
            "states": MemberState.objects.none() if scope.all else MemberState.objects.in_scope(scope),
            "my_sites": [
                *BiosphereReserve.objects.filter(pk__in=scope.site_ids("reserve")),
                *Geopark.objects.filter(pk__in=scope.site_ids("geopark")),
            ],
            "registrations": Registration.objects.filter(person=person).select_related("event"),
            "applications": Application.objects.filter(person=person).select_related("training"),
        }
