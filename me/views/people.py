"""The people of the states one answers for: found, read, added and edited."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from accounts.models import Person, RoleGrant
from accounts.persons import writing_down
from accounts.roles import withdrawals
from accounts.scopes import sites_of
from accounts.sites import facts_of
from activities.models.windows import window_of
from events.models import Registration
from events.registration.strangers import without_strangers
from records.listing.lists import RecordListView
from records.printed_names import tell_of_missing_letters
from records.rate_limits import spend
from records.template_context import Context, Keywords
from trainings.models import Application, Training

from ..access import ActMixin, PeoplePage, StatesPage
from ..filters import PersonFilterSet
from ..forms import PersonOfStateForm
from ..waiting_for_state import waiting_for

HOUR: Final = 3600
MOST_ADDED: Final = 100  # an hour: a list for a training, by hand; not a way to try addresses
MOST_SHOWN: Final = 50


class PeopleView(PeoplePage, RecordListView):
    model = Person
    filterset_class = PersonFilterSet
    template_name = "me/people.html"

    def get_queryset(self) -> QuerySet:
        held = Prefetch("roles", RoleGrant.objects.active().select_related("member_state"), to_attr="held")
        people = without_strangers(Person.objects.known().in_scope(self.scope))
        return people.select_related("care_of", "member_state").prefetch_related(held)

    def get_context_data(self, **kwargs: object) -> Context:
        now = timezone.now()
        coming = Training.objects.published().filter(starts_at__gt=now).order_by("starts_at", "slug")
        calls = [one for one in coming if window_of(one).state == "open"] if self.scope.states else []
        waiting = waiting_for(self.user, self.scope, now)
        return super().get_context_data(**kwargs) | {"waiting": waiting, "calls": calls}


class OfOwnState:
    """One person of the states one answers for; everybody else's are not found."""

    @cached_property
    def one(self) -> Person:
        this: Any = self
        people = without_strangers(Person.objects.known().in_scope(this.scope))
        return get_object_or_404(people.select_related("care_of", "member_state"), pk=this.kwargs["pk"])


class PersonView(OfOwnState, PeoplePage, TemplateView):
    template_name = "me/person.html"

    def get_context_data(self, **kwargs: object) -> Context:
        grants = self.one.roles.active().select_related("member_state", "person")
        sites = facts_of(sites_of(self.one)).values()
        registrations = Registration.objects.answered().filter(person=self.one).select_related("event")
        theirs = Application.objects.filter(person=self.one)
        applications = (theirs.in_scope(self.scope) | theirs.drafts_for(self.scope)).select_related("training")
        return super().get_context_data(**kwargs) | {
            "one": self.one,
            "in_own_care": not self.one.email and self.person is not None and self.one.care_of_id == self.person.pk,
            "may_edit": bool(self.scope.states) and self.one.user_id is None,
            "grants": [(grant, withdrawals.may_withdraw(grant=grant, by=self.user)) for grant in grants],
            "stewarded": [(site, withdrawals.may_end(person=self.one, site=site, by=self.user)) for site in sites],
            "registrations": registrations.order_by("-created_at", "-pk")[:MOST_SHOWN],
            "applications": applications.order_by("-created_at", "-pk")[:MOST_SHOWN],
        }


class PersonFormView(StatesPage, ActMixin, FormView):
    template_name = "me/person_form.html"
    form_class = PersonOfStateForm
    one: Person | None = None

    def get_form_kwargs(self) -> Keywords:
        return super().get_form_kwargs() | {"states": self.scope.states, "instance": self.one or Person()}

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"one": self.one}

    def act(self, form: PersonOfStateForm) -> HttpResponse:
        if not spend("person written down", str(self.user.pk), most=MOST_ADDED, seconds=HOUR):
            raise ValidationError(_("Many people were written down in this hour. Please go on in an hour."))
        person: Person = form.save(commit=False)
        person.care_of = None if person.email else person.care_of or self.own_person()
        writing_down.write_down(person=person, by=self.user)
        messages.success(self.request, _("%(name)s is kept.") % {"name": person.name})
        tell_of_missing_letters(self.request, form.cleaned_data)
        return redirect("me-person", person.pk)


class PersonAddView(PersonFormView):
    pass


class PersonEditView(PersonFormView):
    """Who has an account keeps the own facts: nobody else writes them."""

    @cached_property
    def one(self) -> Person:  # type: ignore[override]
        theirs = without_strangers(Person.objects.known().in_scope(self.scope))
        return get_object_or_404(theirs, pk=self.kwargs["pk"], user=None, member_state__in=self.scope.states)
