"""Anybody may check a certificate by its number: valid, revoked or unknown, and nothing personal beyond what it prints."""

from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from history.origin import host_of
from records.rate_limits import spend
from records.template_context import Context

from ..models import Certificate
from .numbers import as_printed

HOUR: Final = 3600
MOST_UNKNOWN: Final = 120  # numbers without a certificate that one address may ask for within an hour


class NumberForm(forms.Form):
    """The number printed on a certificate."""

    number = forms.RegexField(
        r"^[A-Za-z0-9 –-]{4,24}$",
        label=_("Number of the certificate"),
        error_messages={
            "invalid": _("A number has 4 to 24 letters, digits and hyphens, as printed on the certificate.")
        },
    )


class CheckView(FormView):
    """Asks for a number and leads to its page."""

    template_name = "trainings/certificate_check.html"
    form_class = NumberForm

    def form_valid(self, form: NumberForm) -> HttpResponse:
        typed = form.cleaned_data["number"].upper()
        return redirect("certificate", number=as_printed(typed) or typed.replace(" ", "-").replace("–", "-"))


def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """What is known of a number; one that is unknown and one that can be none answer 404 with the same words.

    Whoever asks for many numbers that do not exist is told to wait; whoever checks a class of people is not.
    """
    found = Certificate.objects.filter(number=as_printed(number) or number.upper()).first()
    if found is None and not spend("certificate", host_of(request), most=MOST_UNKNOWN, seconds=HOUR):
        return render(request, "429.html", status=429)
    context: Context = {"number": found.number if found else number, "certificate": found}
    response = render(request, "trainings/certificate.html", context, status=200 if found else 404)
    response["X-Robots-Tag"] = "noindex"
    return response
