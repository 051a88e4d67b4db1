"""Certificates in the admin, one by one: to read, printed anew, revoked. Those of one event or training stand in its hub."""

from collections.abc import Callable, Iterable
from typing import cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.admin.personal import PersonalAdmin
from accounts.models import User
from record_admin.fields import ReadOnlyMixin
from record_admin.links import linked
from record_admin.listing.views import ListView
from records.papers import as_file

from ..certificates import certifying
from ..certificates.papers import paper_of
from ..hub.long_certificates import MAY
from ..models import Certificate


def links(rows: Iterable[tuple[str, str | Promise]]) -> SafeString:
    return format_html_join("", '<p><a href="{}">{}</a></p>', rows)


class ReviseForm(forms.Form):
    """Nothing to fill in: the name, title, dates and hours are taken anew."""


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("For the office alone: whoever checks the number does not read it.")
    )  # fmt: skip


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyMixin, PersonalAdmin):
    """Certificates, to read: they are issued, printed anew and revoked by acts, and keep their number."""

    list_display = ("number", "name", "title", "language", "issued_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), "language")
    search_fields = ("=number", "name", "title", "person__email")
    date_hierarchy = "issued_at"
    list_views = (
        ListView.empty("valid", _("Valid"), "revoked_at", is_empty=True),
        ListView.empty("revoked", _("Revoked"), "revoked_at", is_empty=False),
    )
    further_columns = ("native_name", "dates", "hours", "reissued_at")
    nothing_yet = _("Certificates are issued on the page of an event or a training, once it is over.")
    activity_link = linked("activity", _("event or training"))
    fields = readonly_fields = (
        "number", "pages", "activity_link", "person", "name", "native_name", "title", "dates", "hours", "language",
        "issued_at", "issued_by", "reissued_at", "revoked_at", "revoked_by", "revoke_reason",
    )  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        pages = (("pdf", self.pdf_view), ("reissue", self.reissue_view), ("revoke", self.revoke_view))
        own = [
            path(f"<int:pk>/{page}/", self.admin_site.admin_view(view), name=f"trainings_certificate_{page}")
            for page, view in pages
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=_("what there is to do"))
    def pages(self, certificate: Certificate) -> SafeString:
        words = {
            "pdf": _("The certificate as PDF"),
            "reissue": _("Print it anew, with the name as it is now"),
            "revoke": _("Revoke it"),
        }
        shown = ("pdf",) if certificate.revoked_at else words
        return links(
            (reverse(f"admin:trainings_certificate_{one}", args=[certificate.pk]), words[one]) for one in shown
        )

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        certificate = self._certificate(request, pk)
        return as_file(paper_of([certificate]), certificate.number)

    def reissue_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(form: forms.Form) -> None:
            by = cast(User, request.user)
            certifying.reissue(certificate=Certificate(pk=pk), by=by)
            messages.success(request, _now("Name, title, dates and hours were taken anew. The number is the same."))

        return self._act(
            request, pk, ReviseForm(request.POST if request.method == "POST" else None), _now("Print it anew"), act
        )

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(form: forms.Form) -> None:
            by = cast(User, request.user)
            certifying.revoke(certificate=Certificate(pk=pk), reason=form.cleaned_data["reason"], by=by)
            messages.success(request, _now("The certificate is revoked. Its number says so from now on."))

        return self._act(request, pk, RevokeForm(request.POST or None), _now("Revoke it"), act)

    def _act(
        self, request: HttpRequest, pk: int, form: forms.Form, button: str, act: Callable[[forms.Form], None]
    ) -> HttpResponse:
        certificate = self._certificate(request, pk)
        if request.method == "POST" and form.is_valid():
            try:
                act(form)
                return redirect("admin:trainings_certificate_change", pk)
            except ValidationError as refused:
                form.add_error(None, refused)
        context = self.admin_site.each_context(request) | {
            "title": f"{button}: {certificate.number}, {certificate.name}", "opts": self.opts, "original": certificate,
            "form": form, "button": button,
        }  # fmt: skip
        return TemplateResponse(request, "admin/act_form.html", context)

    def _certificate(self, request: HttpRequest, pk: int) -> Certificate:
        if not request.user.has_perm(MAY):
            raise PermissionDenied
        return get_object_or_404(Certificate, pk=pk)
