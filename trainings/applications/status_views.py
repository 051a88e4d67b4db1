"""The page of one application, by its signed address: where it stands, what comes next, and what its person can do.

Whoever is signed in has the same on the own pages. A GET changes nothing: scanners of mail open every link.
"""

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from activities.models.times import has_time, on_clocks
from activities.pages.views import head_of
from activities.timezones.reader_zone import reader_of
from records.formats.date_formatting import on_clock
from records.template_context import Context

from ..certificates import letters
from ..models import Application, Certificate
from ..workflow import follow_up, progress
from .log import PERSON_READS, log_of
from .pages import ApplicationPage, BySignedAddress
from .status_forms import ActForm
from .status_text import status_text_of

ASKED_TWICE: Final = ("decline", "withdraw")


class StatusMixin(ApplicationPage):
    """Subclasses say as well what can be done on their page, and where the papers are."""

    acts: tuple[str, ...] = ("confirm", "decline", "withdraw")

    def follow_up_url(self) -> str:
        raise NotImplementedError

    def letter_url(self) -> str:
        raise NotImplementedError

    def certificate_url(self, certificate: Certificate) -> str:
        raise NotImplementedError

    def get_context_data(self, **kwargs: object) -> Context:
        one = self.application
        training, standing = one.training, status_text_of(one, self.arrived)
        offered = tuple(act for act in standing.acts if act in self.acts)
        asked = kwargs.pop("asked", "") or self.request.GET.get("ask", "")
        rule = training.deadline_zone or training.timezone
        own = reader_of(self.request).zone or one.person.own_zone or rule
        return super().get_context_data(**kwargs) | head_of(training) | {  # type: ignore[misc]
            "application": one, "training": training, "standing": standing, "acts": offered,
            "asked": asked if asked in offered and asked in ASKED_TWICE else "",
            "give_up": kwargs.get("form") or ActForm(),
            "standing_url": self.standing_url(), "own_zone": own,
            "clocks_own": on_clocks(training, own) if own != training.timezone and has_time(training) else None,
            "until": on_clock(standing.until, rule) if standing.until else None,
            "until_own": on_clock(standing.until, own) if standing.until and own != rule else None,
            "log": log_of(one, reads=PERSON_READS, reader=self.writer()),
            "has_seat": one.state in Application.HOLDING and one.seat_class is not None,
        } | self._papers()  # fmt: skip

    def _papers(self) -> dict[str, object]:
        """The addresses of what there is for the person now; empty for what there is not."""
        one = self.application
        training = one.training
        more = follow_up.is_open(one, self.arrived) and (
            training.asks_presentation or bool(follow_up.questions_of(training))
        )
        certificate = Certificate.objects.valid().filter(activity=training, person=one.person).first()
        return {
            "follow_up_url": self.follow_up_url() if more else "",
            "letter_url": self.letter_url() if letters.has_letter(one) else "",
            "certificate": certificate,
            "certificate_url": self.certificate_url(certificate) if certificate else "",
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = ActForm(request.POST)
        if form.is_valid():
            act = form.cleaned_data["act"]
            if (
                act in ASKED_TWICE
                and not form.cleaned_data["sure"]
                and act in status_text_of(self.application, self.arrived).acts
            ):
                return redirect(f"{self.standing_url()}?ask={act}")
            try:
                said = self._do(act, form.cleaned_data["reason"])
            except ValidationError as refused:
                form.add_error(None, [*refused.messages, *self._what_to_do(refused)])
                self.__dict__.pop("application", None)
            else:
                messages.success(request, said)
                return redirect(self.after(act))
        context = self.get_context_data(form=form, asked=request.POST.get("act", ""))
        return self.render_to_response(context)  # type: ignore[attr-defined]

    def after(self, act: str) -> str:
        """Where one is led when an act is done."""
        return self.standing_url()

    def _do(self, act: str, reason: str) -> str:
        facts: Context = {"application": self.application, "by": self.writer()}
        if act not in self.acts:
            raise ValidationError(
                _("Sign in and open “My applications” to change what you have written."), code="elsewhere"
            )
        if act == "confirm":
            progress.confirm(**facts, at=self.arrived)
            return _("The seat is yours. A mail confirms it.")
        if act == "take-back":
            progress.take_back(**facts, at=self.arrived)
            return _("It is a draft again. Send it anew before the deadline.")
        if act == "decline":
            progress.decline(**facts, reason=reason)
            return _("You have declined the seat. A mail confirms it.")
        moved = progress.withdraw(**facts, reason=reason)
        if moved.state == Application.State.DECLINED:
            return _("You have declined the seat. A mail confirms it.")
        return _("Your application is withdrawn.")

    def _what_to_do(self, refused: ValidationError) -> list[str]:
        if refused.code == "elsewhere":
            return []
        if refused.code == "over":
            return [
                _("The application stays as you have sent it. Write to the secretariat if something in it is wrong.")
            ]
        if refused.code == "late":
            return [_("Can you come after all? Write to the secretariat at once.")]
        return [_("See below where it stands. If that is wrong, write to the secretariat and give your reference.")]


class StatusView(BySignedAddress, StatusMixin, TemplateView):
    template_name = "trainings/standing.html"

    def standing_url(self) -> str:
        return reverse("training-application", kwargs=self.kwargs)

    def follow_up_url(self) -> str:
        return reverse("training-follow-up", kwargs=self.kwargs)

    def letter_url(self) -> str:
        return reverse("training-letter", kwargs=self.kwargs)

    def certificate_url(self, certificate: Certificate) -> str:
        return reverse("training-certificate", kwargs=self.kwargs)
