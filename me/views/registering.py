"""A focal point registers people of the own state for events, with or without an address of their own, and gives places back."""

from typing import Unpack

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from accounts.models import Consent
from accounts.persons import consents
from accounts.persons.consent_fields import TransferField
from events.models import Event, Registration
from events.registration import registering
from records.form_fields import LongSelect
from records.template_context import Context, Files, FormOptions, Posted

from ..access import ActMixin, PeoplePage
from .people import OfOwnState

Presence = Registration.Presence


class RegisterPersonForm(forms.Form):
    """For which event, and how the person takes part."""

    event: "forms.ModelChoiceField[Event]" = forms.ModelChoiceField(
        label=gettext_lazy("Event"), queryset=Event.objects.none(), empty_label=gettext_lazy("Please choose"),
        widget=LongSelect(),
    )  # fmt: skip
    presence = forms.ChoiceField(
        label=gettext_lazy("How the person takes part"), choices=Presence.choices, widget=forms.RadioSelect(),
        initial=Presence.ONLINE,
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=gettext_lazy("The person is"), widget=LongSelect(),
        choices=[("", gettext_lazy("Please choose")), *Registration.Audience.choices],
    )  # fmt: skip

    transfer = TransferField(
        label=gettext_lazy("The person agrees that name and contact are passed on to hosts and partners of events in other states"),
        help_text=gettext_lazy(
            "Ask them first. Asked because other states protect personal data in other ways. They take part just as well without it."
        ),
    )  # fmt: skip

    def __init__(self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["event"].queryset = Event.objects.published().taking_registrations()  # type: ignore[attr-defined]


class RegisterPersonView(OfOwnState, PeoplePage, ActMixin, FormView):
    """The place is confirmed at once: the focal point answers for the person. The mail goes to them, or in their care."""

    template_name = "me/person_register.html"
    form_class = RegisterPersonForm

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"one": self.one}

    @transaction.atomic
    def act(self, form: RegisterPersonForm) -> HttpResponse:
        place = registering.register(event=form.cleaned_data["event"], person=self.one, known=True, by=self.user,
                                      presence=form.cleaned_data["presence"], audience=form.cleaned_data["audience"])  # fmt: skip
        if form.cleaned_data["transfer"]:
            consents.give(person=self.one, what=Consent.What.TRANSFER, how=Consent.How.TOLD, by=self.user)
        facts = {"name": self.one.name, "state": place.get_state_display()}
        messages.success(self.request, _("%(name)s: %(state)s.") % facts)
        return redirect("me-person", self.one.pk)


class GiveBackView(OfOwnState, PeoplePage, View):
    """The place of a person of the own state is given back; the next in the queue is offered it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, place: int) -> HttpResponse:
        found = get_object_or_404(Registration.objects.active().select_related("event"), pk=place, person=self.one)
        registering.cancel(registration=found, why=_("Cancelled by the focal point."), by=self.user)
        messages.success(request, _("%(name)s is no longer registered.") % {"name": self.one.name})
        return redirect("me-person", pk)
