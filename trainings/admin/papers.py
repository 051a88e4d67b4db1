"""Papers of a training in the admin: letters of invitation, and certificates without a presentation."""

from typing import cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.hub.names import CERTIFICATES, OVERVIEW, page_of
from records.papers import as_file

from ..certificates import certifying, letters
from ..hub.long_certificates import MAY
from ..models import Application


class WithoutPresentationForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300,
        help_text=_("Why the certificate is given without a presentation. Kept in the log of the application, for the office."),
    )  # fmt: skip


class PapersMixin(admin.ModelAdmin):
    """Letters of invitation to a training, and the officer's word for whoever has not uploaded a presentation."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("nevertheless/<int:pk>/", view(self.nevertheless_view), name="trainings_nevertheless"),
            path("letter/<int:pk>.pdf", view(self.letter_view), name="trainings_letter"),
            *super().get_urls(),
        ]

    def nevertheless_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A certificate for one who has not uploaded the presentation, with the officer's reason."""
        if not request.user.has_perm(MAY):
            raise PermissionDenied
        application = get_object_or_404(Application.objects.select_related("training", "person"), pk=pk)
        back = page_of(application.training, CERTIFICATES)
        form, button = WithoutPresentationForm(request.POST or None), _now("Issue the certificate")
        if request.method == "POST" and form.is_valid():
            try:
                certifying.issue_nevertheless(
                    application=application, reason=form.cleaned_data["reason"], by=cast(User, request.user)
                )
                messages.success(request, _now("The certificate of %s is issued.") % application.person)
                return redirect(back)
            except ValidationError as refused:
                form.add_error(None, refused)
        context = self.admin_site.each_context(request) | {
            "title": _now("Presentation missing: %s") % application.person, "opts": self.opts,
            "original": application.training, "form": form, "button": button, "back": back,
        }  # fmt: skip
        return TemplateResponse(request, "admin/act_form.html", context)

    def letter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("trainings.change_application"):
            raise PermissionDenied
        found = Application.objects.select_related("training", "person__member_state", "seat_class")
        application = get_object_or_404(found, pk=pk)
        try:
            return as_file(letters.letter_of(application), f"letter-{application.reference}")
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(page_of(application.training, OVERVIEW))
