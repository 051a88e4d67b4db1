"""What I have to do, and beneath it all that is mine."""

from django.utils import timezone
from django.views.generic import TemplateView

from accounts.persons.to_do import tasks_of
from activities.timezones.reader_zone import reader_of
from events.models import Registration
from events.places.signed_links import token_of
from network.models import MemberState
from records.formats.date_formatting import HOUSE_ZONE, city, moment_words, short_zone
from records.template_context import Context
from trainings.models import Application, Certificate

from ..access import OwnPage
from ..own_sites import sites_in_scope
from ..to_do import told_on

LATEST = 20


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
        registrations = (
            Registration.objects.filter(person=person).select_related("event").order_by("-created_at", "-pk")
        )
        return context | {
            "tasks": [told_on(task, zone) for task in tasks_of(person, self.user)],
            "roles": person.roles.active().select_related("member_state"),
            "states": MemberState.objects.none() if scope.all else MemberState.objects.in_scope(scope),
            "my_sites": sites_in_scope(scope),
            "registrations": [(one, token_of(one)) for one in registrations[:LATEST]],
            "applications": Application.objects.filter(person=person).select_related("training")[:LATEST],
            "certificates": Certificate.objects.filter(person=person)[:LATEST],
        }
