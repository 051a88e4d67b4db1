"""The pages on which readers choose their mails: signed in, or by the signed address that stands in every such mail."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, TemplateView

from . import links, wishes
from .models import Address
from .topics import Frequency, Topic
from .wishes import WishesForm, topics_on_offer


def masked(email: str) -> str:
    """b•••@example.org: who holds the mail knows the address, whom it was forwarded to does not learn it."""
    local, at, domain = email.partition("@")
    return f"{local[:1]}•••{at}{domain}"


@method_decorator(never_cache, name="dispatch")
class WishesView(FormView):
    """All topics of one address, named by the token in its mails."""

    template_name = "notifications/wishes.html"
    form_class = WishesForm

    @cached_property
    def address(self) -> Address:
        address = links.address_of(self.kwargs["token"])
        if address is None:
            raise Http404("no such token")
        return address

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"wishes": self.address.wishes}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"reader": masked(self.address.email), "address": self.address}

    def form_valid(self, form: WishesForm) -> HttpResponse:
        wishes.choose(address=self.address, wishes=form.cleaned_data)
        messages.success(self.request, _("Your choice is kept. It holds from the next mail on."))
        return redirect(self.request.path)


class OwnWishesView(LoginRequiredMixin, WishesView):
    """The same for the address with which somebody signs in."""

    @cached_property
    def address(self) -> Address:
        email = cast(AbstractBaseUser, self.request.user).get_username().lower()
        known = Address.objects.filter(email=email).first()
        if known is None and self.request.method == "POST":
            known, _new = Address.objects.get_or_create(email=email, defaults={"language": get_language() or "en"})
        return known or Address(email=email)


# A mail program posts without cookie and without page before it: the signed token is the proof (RFC 8058).
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class StopView(TemplateView):
    """One topic, ended by one POST. A GET changes nothing: scanners of mail press every link."""

    template_name = "notifications/stop.html"
    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        named = {topic.name: topic for topic in topics_on_offer()}
        self.topic: Topic | None = named.get(kwargs["topic"])
        self.is_sample = kwargs["token"] == links.SAMPLE
        self.address = links.address_of(kwargs["token"])
        if self.topic is None or (self.address is None and not self.is_sample):
            raise Http404("no such token or topic")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, token: str, topic: str) -> HttpResponse:
        if self.address:
            wishes.stop(address=self.address, topic=topic)
        return self.render_to_response(self.get_context_data(token=token, stopped=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        over = self.address and self.topic and self.topic.chosen(self.address.wishes) == Frequency.NEVER
        return super().get_context_data(**kwargs) | {
            "reader": masked(self.address.email) if self.address else "",
            "topic": self.topic,
            "is_over": over,
        }
