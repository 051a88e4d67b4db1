"""Who I am to the portal, at a glance."""

from django.db.models import Q
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.models import User
from accounts.persons.mailboxes import of_reader
from events.models import Registration, RegistrationQuerySet
from network.models import MemberState
from records.scope import Scope
from records.template_context import Context
from trainings.models import Certificate

from ..access import OwnPage, answers_for_people
from ..own_sites import sites_in_scope
from ..state_applications import waiting_of
from .own_applications import own_applications
from .requests import waiting_requests

LATEST = 20


def own_registrations(user: User, scope: Scope) -> RegistrationQuerySet:
    """One's own, and those of people who are reached through one's mailbox; whom a focal point answers for stands elsewhere."""
    whose = Q(person__user=user.pk) if scope.states else of_reader(user, "person__")
    return Registration.objects.filter(whose).select_related("event", "person")


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
        registrations = own_registrations(self.user, scope)
        return context | {
            "roles": person.roles.active().select_related("member_state"),
            "states": MemberState.objects.none() if scope.all else MemberState.objects.in_scope(scope),
            "my_sites": sites_in_scope(scope),
            "registrations": registrations.order_by("-created_at", "-pk")[:LATEST],
            "applications": own_applications(self.user).select_related("training", "person")[:LATEST],
            "certificates": Certificate.objects.filter(person=person)[:LATEST],
        }
