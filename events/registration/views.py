"""Registering for an event, and the page of one's own place, reached by the signed address in the mail."""

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from accounts.models import Person, User
from activities.pages.views import clocks_of_reader, head_of
from activities.timezones.reader_zone import ReaderZoneMixin, reader_of
from history.origin import host_of
from records.language_of_address import language_of_reader
from records.printed_names import tell_of_missing_letters
from records.template_context import Context, Keywords
from records.written_to import remember, written_to

from ..models import Event, Registration
from ..places import capacity, signed_links
from . import guest_registration
from .forms import RegisterForm


class RegisterView(ReaderZoneMixin, FormView):
    """One page with at most eight fields. What it answers does not tell whether the address is known or a place free."""

    template_name = "events/register.html"
    form_class = RegisterForm

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event.objects.published(), slug=self.kwargs["slug"])

    @cached_property
    def person(self) -> Person | None:
        user = self.request.user
        return Person.objects.filter(user=user).first() if isinstance(user, User) else None

    def get_initial(self) -> dict[str, object]:
        zone = reader_of(self.request).zone
        chosen = {"time_zone": zone} if zone else {}
        return super().get_initial() | RegisterForm.initial_of(self.person) | chosen

    def get_form_kwargs(self) -> Keywords:
        return super().get_form_kwargs() | {"event": self.event, "person": self.person, "host": host_of(self.request)}

    def get_context_data(self, **kwargs: object) -> Context:
        prefetch_related_objects([self.event], "postponements")
        own = self.event.registrations.active().filter(person=self.person).first() if self.person else None
        reader = reader_of(self.request)
        context = super().get_context_data(**kwargs)
        if "time_zone" not in context["form"].fields:
            context |= self.zone_context(reader, self.event.starts_at)
        return context | head_of(self.event) | {
            "reader": reader,
            "reader_clocks": clocks_of_reader(self.event, reader),
            "own_place": signed_links.place_url(own) if own else "",
            "places": [
                (Registration.Presence(way).label, capacity.free(self.event, way)) for way in capacity.presences_of(self.event)
            ],
        }  # fmt: skip

    def form_valid(self, form: RegisterForm) -> HttpResponse:
        facts = form.cleaned_data
        try:
            if self.person is not None:
                made = guest_registration.register_known(
                    event=self.event,
                    person=self.person,
                    presence=form.way,
                    facts=facts,
                    language=language_of_reader(),
                )
                tell_of_missing_letters(self.request, facts)
                return redirect(signed_links.place_url(made))
            if form.may_send():
                guest_registration.register_guest(
                    event=self.event,
                    presence=form.way,
                    facts=facts,
                    language=language_of_reader(),
                    host=host_of(self.request),
                )
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        tell_of_missing_letters(self.request, facts)
        return remember(redirect("event-registered", slug=self.event.slug), facts["email"])


@method_decorator(never_cache, name="dispatch")
class RegisteredView(TemplateView):
    """The same for everybody who sent the form."""

    template_name = "events/registered.html"

    def get_context_data(self, **kwargs: object) -> Context:
        event = get_object_or_404(Event.objects.published(), slug=self.kwargs["slug"])
        return super().get_context_data(**kwargs) | head_of(event) | {"written_to": written_to(self.request)}
