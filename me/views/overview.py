"""What I have to do, and beneath it all that is mine."""

from django.db.models import Q
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.models import User
from accounts.persons.mailboxes import of_reader
from accounts.persons.to_do import tasks_of
from activities.timezones.reader_zone import reader_of
from events.models import Registration, RegistrationQuerySet
from network.models import MemberState
from records.formats.date_formatting import HOUSE_ZONE, city, moment_words, short_zone
from records.scope import Scope
from records.template_context import Context
from trainings.models import Certificate

from ..access import OwnPage
from ..own_sites import sites_in_scope
from ..to_do import told_on
from .own_applications import own_applications

LATEST = 20


def own_registrations(user: User, scope: Scope) -> RegistrationQuerySet:
    """One's own, and those of people who are reached through one's mailbox; whom a focal point answers for stands elsewhere."""
    whose = Q(person__user=user.pk) if scope.states else of_reader(user, "person__")
    return Registration.objects.filter(whose).select_related("event", "person")


class OverviewView(OwnPage, TemplateView):
    """The next task as a card, the others as lines; then own applications, registrations, papers, sites and roles."""

    template_name = "me/overview.html"

    def get_context_data(self, **kwargs: object) -> Context:
        person, scope = self.person, self.scope
        zone, now = reader_of(self.request).zone or HOUSE_ZONE, timezone.now()
        context = super().get_context_data(**kwargs) | {
            "now": f"{moment_words(now, zone)} {short_zone(now, zone)}", "city": city(zone),
        }  # fmt: skip
        if person is None:
            return context
        registrations = own_registrations(self.user, scope)
        return context | {
            "tasks": [told_on(task, zone) for task in tasks_of(person, self.user)],
            "roles": person.roles.active().select_related("member_state"),
            "states": MemberState.objects.none() if scope.all else MemberState.objects.in_scope(scope),
            "my_sites": sites_in_scope(scope),
            "registrations": registrations.order_by("-created_at", "-pk")[:LATEST],
            "applications": own_applications(self.user).select_related("training", "person")[:LATEST],
            "certificates": Certificate.objects.filter(person=person)[:LATEST],
        }
