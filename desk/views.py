"""Anybody may ask the secretariat for what the office offers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from history.origin import host_of
from network.models import Programme
from records.language_of_address import language_of_reader
from records.template_context import Context, Keywords
from records.written_to import remember, written_to

from . import offers
from .forms import OfferForm


class AskView(FormView):
    """The form to ask for an offer; a request that is sent leads to a page of its own, so that it is sent once."""

    template_name = "desk/ask.html"
    form_class = OfferForm

    @cached_property
    def offer(self) -> Programme:
        return get_object_or_404(Programme.objects.published().offers(), slug=self.kwargs["slug"])

    def get_form_kwargs(self) -> Keywords:
        return super().get_form_kwargs() | {"host": host_of(self.request)}

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"offer": self.offer}

    def form_valid(self, form: OfferForm) -> HttpResponse:
        facts = {name: form.cleaned_data[name] for name in ("name", "email", "organisation", "member_state", "message")}
        offers.ask(offer=self.offer, language=language_of_reader(), **facts)
        return remember(redirect("offer-asked", slug=self.offer.slug), facts["email"])


@method_decorator(never_cache, name="dispatch")
class AskedView(TemplateView):
    template_name = "desk/asked.html"

    def get_context_data(self, **kwargs: object) -> Context:
        offer = get_object_or_404(Programme.objects.published().offers(), slug=self.kwargs["slug"])
        return super().get_context_data(**kwargs) | {"offer": offer, "written_to": written_to(self.request)}
