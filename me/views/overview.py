"""Who I am to the portal, at a glance."""

from django.utils import timezone
from django.views.generic import TemplateView

from events.models import Registration
from network.models import MemberState
from records.template_context import Context
from trainings.models import Application, Certificate

from ..access import OwnPage, answers_for_people
from ..own_sites import sites_in_scope
from ..state_applications import waiting_of
from .requests import waiting_requests

LATEST = 20


class OverviewView(OwnPage, TemplateView):
    """My roles, sites, registrations, applications and certificates."""

    template_name = "me/overview.html"

    def get_context_data(self, **kwargs: object) -> Context:
        person, scope = self.person, self.scope
        context = super().get_context_data(**kwargs)
        if answers_for_people(scope):
            context["waiting"] = waiting_requests(self.user, scope).count()
        if scope.states:
            calls = list(waiting_of(self.user, scope, timezone.now()))
            context |= {"to_endorse": calls, "to_endorse_count": sum(call.waiting for call in calls)}
        if person is None:
            return context
        registrations = Registration.objects.filter(person=person).select_related("event")
        return context | {
            "roles": person.roles.active().select_related("member_state"),
            "states": MemberState.objects.none() if scope.all else MemberState.objects.in_scope(scope),
            "my_sites": sites_in_scope(scope),
            "registrations": registrations.order_by("-created_at", "-pk")[:LATEST],
            "applications": Application.objects.filter(person=person).select_related("training")[:LATEST],
            "certificates": Certificate.objects.filter(person=person)[:LATEST],
        }
