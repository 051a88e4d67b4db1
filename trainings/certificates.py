"""Anybody may check a certificate by its number: valid, revoked or unknown, and nothing personal beyond what it prints."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from .models import Certificate


class NumberForm(forms.Form):
    """The number printed on a certificate."""

    number = forms.RegexField(
        r"^[A-Za-z0-9-]{4,24}$",
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
        return redirect("certificate", number=form.cleaned_data["number"].upper())


def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """What is known of a number; an unknown one answers 404 and says so in words."""
    found = Certificate.objects.filter(number=number.upper()).first()
    context: dict[str, Any] = {"number": number, "certificate": found}
    return render(request, "trainings/certificate.html", context, status=200 if found else 404)
