"""Certificates in the admin: those of one event or training to be issued, printed and sent; each one reissued, revoked."""

from collections.abc import Callable, Iterable
from typing import Final, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin.personal import PersonalAdmin
from accounts.models import User
from activities.models import Activity
from notifications.admin.mass import before_doing, goes_back
from record_admin.fields import ReadOnlyMixin
from record_admin.fieldsets import Fieldset
from record_admin.links import linked
from record_admin.listing.views import ListView
from records.papers import as_file

from ..certificates import certifying
from ..certificates.papers import paper_of, papers_of
from ..models import Certificate, Training

MAY: Final = "trainings.change_certificate"
CERTIFICATE_FIELDS: Fieldset = (
    _("Certificates"),
    {"fields": ["gives_certificates", ("attendance_share", "certified_hours")]},
)


def links(rows: Iterable[tuple[str, str | Promise]]) -> SafeString:
    return format_html_join("", '<p><a href="{}">{}</a></p>', rows)


class CertifyingMixin(admin.ModelAdmin):
    """Certificates of one event or training: who gets one, all in one file, the mail that they are ready."""

    def get_urls(self) -> list[URLPattern]:
        pages = (("certificates", self.issue_view), ("certificates.pdf", self.print_view), ("send", self.send_view))
        own = [
            path(f"<int:pk>/{page}/", self.admin_site.admin_view(view), name=self._name(page.partition(".")[2] or page))
            for page, view in pages
        ]
        return [*own, *super().get_urls()]

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def certificate_links(self, activity: Activity) -> list[tuple[str, str | Promise]]:
        if not activity.gives_certificates:
            return []
        words = {
            "certificates": _("Issue certificates"), "pdf": _("All certificates in one file, to print"),
            "send": _("Tell everybody that the certificate is ready"),
        }  # fmt: skip
        own = f"?activity__id__exact={activity.pk}"
        return [
            *((reverse(f"admin:{self._name(page)}", args=[activity.pk]), label) for page, label in words.items()),
            (reverse("admin:trainings_certificate_changelist") + own, _("Certificates, one by one")),
        ]

    def _activity(self, request: HttpRequest, pk: int) -> Activity:
        if not request.user.has_perm(MAY):
            raise PermissionDenied
        return get_object_or_404(self.model, pk=pk)

    def _change_page(self, pk: int) -> str:
        return reverse(f"admin:{self._name('change')}", args=[pk])

    def issue_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who would get one, first; nobody is told by it."""
        activity, by = self._activity(request, pk), request.user
        refused: list[str] = []
        try:
            certifying.refuse_activity(activity)
            if request.method == "POST":
                made = certifying.issue_all(activity=activity, by=by)  # type: ignore[arg-type]
                text = ngettext("%(n)d certificate was issued.", "%(n)d certificates were issued.", len(made))
                messages.success(request, text % {"n": len(made)})
                return redirect(self._change_page(pk))
        except ValidationError as error:
            refused = error.messages
        people = [] if refused else certifying.without_certificate(activity).select_related("member_state")
        asked = not refused and isinstance(activity, Training)
        lacking = certifying.lacking(cast(Training, activity)).select_related("person") if asked else []
        issued = Certificate.objects.of(activity).valid().count()
        return self._page(
            request, "issue", activity, _now("Issue certificates"), refused=refused, people=people, issued=issued,
            lacking=lacking,
        )  # fmt: skip

    def print_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        activity = self._activity(request, pk)
        found = Certificate.objects.of(activity).valid().select_related("activity")
        certificates = list(found.order_by("name", "pk"))
        if not certificates:
            raise Http404("no certificate yet")
        made = papers_of(certificates)
        for one in made.left_out:
            text = _now("The certificate %(number)s of %(name)s could not be set: it is not in the file.")
            messages.warning(request, text % {"number": one.number, "name": one.name})
        if not made.content:
            return redirect(self._change_page(pk))
        return as_file(made.content, f"certificates-{activity.slug}")

    def send_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        activity, by = self._activity(request, pk), request.user
        if goes_back(request):
            return redirect(self._change_page(pk))
        return before_doing(
            self, request, act=lambda: certifying.send(activity=activity, by=by),  # type: ignore[arg-type]
            title=_now("Certificates: %(activity)s") % {"activity": activity}, button=_("Tell them"),
            then=self._change_page(pk), zone=activity.timezone,
        )  # fmt: skip

    def _page(self, request: HttpRequest, name: str, activity: Activity, title: str, **context: object) -> HttpResponse:
        known = self.admin_site.each_context(request) | {"event": activity, "title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/trainings/{name}.html", {**known, **context})


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
