"""The pages on which readers choose their mails: signed in, or by the signed address that stands in every such mail."""

from typing import Final, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, TemplateView, View

from history.origin import host_of
from records.language_of_address import language_of_reader
from records.rate_limits import spend
from records.template_context import Context, Keywords

from ..composing import signed_links
from ..models import Address
from ..topics import Frequency, Topic, all_topics
from . import mail_preferences
from .mail_preferences import MailPreferencesForm

HOUR: Final = 3600
WRONG_TOKENS: Final = (
    30  # an hour from one host; a right one is never refused, mail providers send those for many readers
)
ONE_CLICK: Final = "List-Unsubscribe"  # what a mail program posts (RFC 8058): List-Unsubscribe=One-Click


def masked(email: str) -> str:
    """b•••@example.org: who holds the mail knows the address, whom it was forwarded to does not learn it."""
    local, at, domain = email.partition("@")
    return f"{local[:1]}•••{at}{domain}"


def _may_guess(request: HttpRequest) -> bool:
    return spend("mail token", host_of(request), most=WRONG_TOKENS, seconds=HOUR)


class ByTokenMixin(View):
    """The token in the address is the whole proof: no cookie, no session, no form token. It is told to nobody.

    The sample that stands in previews for staff leads to the same pages, which then change nothing.
    """

    address: Address
    is_sample = False

    @method_decorator([csrf_exempt, never_cache])
    def dispatch(self, request: HttpRequest, *args: object, token: str, **kwargs: object) -> HttpResponseBase:
        self.is_sample = token == signed_links.SAMPLE
        if not (self.is_sample or signed_links.is_signed(token) or _may_guess(request)):
            return render(request, "429.html", status=429)
        address = Address(email="reader@example.org") if self.is_sample else signed_links.address_of(token)
        if address is None:
            raise Http404("no such token")
        self.address = address
        response = super().dispatch(request, *args, token=token, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response


class ChoiceView(FormView):
    """All topics of one address."""

    template_name = "notifications/preferences.html"
    form_class = MailPreferencesForm
    address: Address
    is_sample = False

    def get_form_kwargs(self) -> Keywords:
        return super().get_form_kwargs() | {"wishes": self.address.wishes}

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {
            "reader": masked(self.address.email),
            "address": self.address,
            "is_sample": self.is_sample,
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if "nothing" not in request.POST:
            return super().post(request, *args, **kwargs)
        if not self.is_sample:
            mail_preferences.stop_all(address=self.address)
        return self._done(_("No mails of any topic go to this address from now on. You can choose again at any time."))

    def form_valid(self, form: MailPreferencesForm) -> HttpResponse:
        if not self.is_sample:
            mail_preferences.choose(address=self.address, wishes=form.cleaned_data)
        return self._done(_("Your choice is kept. It holds from the next mail on."))

    def _done(self, words: str) -> HttpResponse:
        messages.success(self.request, words)
        return redirect(self.request.path)


class MailPreferencesView(ByTokenMixin, ChoiceView):
    """By the token in a mail."""


@method_decorator(never_cache, name="dispatch")
class OwnMailPreferencesView(LoginRequiredMixin, ChoiceView):
    """For the address with which somebody signs in."""

    @cached_property
    def address(self) -> Address:  # type: ignore[override]
        email = cast(AbstractBaseUser, self.request.user).get_username().lower()
        known = Address.objects.filter(email=email).first()
        if known is None and self.request.method == "POST":
            known, _new = Address.objects.get_or_create(email=email, defaults={"language": language_of_reader()})
        return known or Address(email=email)

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"reader": self.address.email, "is_own": True}


class StopView(ByTokenMixin, TemplateView):
    """One topic, ended by one POST. A GET changes nothing: scanners of mail press every link."""

    template_name = "notifications/stop.html"
    http_method_names = ["get", "head", "post", "options"]

    @cached_property
    def topic(self) -> Topic:
        named = {topic.name: topic for topic in all_topics()}
        if self.kwargs["topic"] not in named:
            raise Http404("no such topic")
        return named[self.kwargs["topic"]]

    def post(self, request: HttpRequest, token: str, topic: str) -> HttpResponse:
        """Stops, unless it is our own button for starting again. A program that posts anything else means to stop."""
        before = self.topic.chosen(self.address.wishes)
        wish = Frequency.NEVER.value
        if ONE_CLICK not in request.POST and "start" in request.POST:
            wish = request.POST["start"]
            if wish not in self.topic.frequencies:
                return HttpResponseBadRequest()
        if not self.is_sample:
            self.address = mail_preferences.choose(address=self.address, wishes={topic: wish})
        return self.render_to_response(
            self.get_context_data(token=token, before=before, is_started=wish != Frequency.NEVER)
        )

    def get_context_data(self, before: Frequency | None = None, **kwargs: object) -> Context:
        now = self.topic.chosen(self.address.wishes)
        before = now if before is None else before
        return super().get_context_data(before=before, **kwargs) | {
            "reader": masked(self.address.email),
            "topic": self.topic,
            "is_over": now == Frequency.NEVER,
            "now": now,
            "is_sample": self.is_sample,
            "again": self._again(before),
        }  # fmt: skip

    def _again(self, before: Frequency) -> Frequency | None:
        """As it came before, else as it comes to whoever has not chosen, else in the first way it can."""
        ways = [one for one in (before, self.topic.default, *self.topic.frequencies) if one != Frequency.NEVER]
        return ways[0] if ways else None
