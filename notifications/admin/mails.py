"""The outbox in the admin: what goes to whom and when, with what is in it, and why it was or was not sent."""

import datetime as dt
from typing import Any, Protocol, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from record_admin.fieldsets import Fieldset, Fieldsets, Line
from record_admin.listing.views import ListView
from record_admin.model_admin import PlainAdmin
from records.template_context import Context

from .. import handling, letter_to_oneself, mail_types
from ..composing.letters import looked_at, message_id
from ..delivery.backends import eml_path
from ..delivery.forecast import addresses_of
from ..handling import RefusedError
from ..models import Mail
from ..refusals import why_not_edited, why_not_sent_again_among, why_not_sent_now, why_not_stopped
from ..timeline import reason_of, steps
from .letters import Shown, as_page, language_wanted
from .mail_actions import SEND_AGAIN, SEND_NOW, STOP, handle
from .mail_filters import DueFilter, KindFilter, LanguageFilter, MailingFilter, StateFilter
from .mail_form import MailForm
from .staff_words import authors, in_utc, language_name, on_the_readers_clock


class _Listed(Protocol):
    """A mail of the list, with the reason why it was not sent: `get_changelist_instance` puts it there."""

    sent_at: dt.datetime | None
    reason: str

    def get_state_display(self) -> str: ...


@admin.register(Mail)
class MailAdmin(PlainAdmin):
    form = MailForm
    list_display = ("goes", "what", "reader", "stands")
    list_display_links = ("goes", "what")
    list_filter = (StateFilter, DueFilter, MailingFilter, LanguageFilter, KindFilter)
    list_select_related = ("mailing",)
    search_fields = ("email", "kind", "=recipient_key", "=message_id")
    search_help_text = _("E-mail address, kind of mail, or Message-ID.")
    date_hierarchy = "due"
    list_views = tuple(
        ListView(slug, label, f"state={value}", Q(state__in=states))
        for slug, label, value, states in (
            ("to-send", _("To be sent"), "to_send", Mail.UNDER_WAY),
            ("trouble", _("Needs a look"), "trouble", (Mail.State.FAILED, Mail.State.UNKNOWN)),
            ("sent", _("Sent"), "sent", (Mail.State.SENT,)),
        )
    )
    asks_itself = frozenset({"delete_selected", "stop", "send_again"})
    nothing_yet = _("Every mail of the portal stands here before it goes.")
    save_on_top = False
    actions = ("stop", "send_now", "send_again")
    readonly_fields = (
        "label", "subject", "recipient_key", "mailing", "zone", "state", "expires", "went", "attempts", "why", "message_id",
        "as_file", "goes", "in_language",
    )  # fmt: skip

    # What is shown ------------------------------------------------------------------------------------------------
    def get_fieldsets(self, request: HttpRequest, obj: Mail | None = None) -> Fieldsets:
        may = obj is not None and self.has_change_permission(request, obj)
        when: list[Line] = [("due", "language"), "email"] if may else [("goes", "in_language"), "email"]
        own: Fieldset = (
            _("In words of your own"),
            {"classes": ["collapse"], "fields": ["own_subject", "own_text"]},
        )
        has_secrets = obj is not None and any(
            kind.secrets for kind in mail_types.all_mail_types() if kind.name == obj.kind
        )
        return [
            (None, {"fields": [("label", "subject"), ("recipient_key", "zone"), "mailing"]}),
            (_("When, where to, in which language"), {"fields": when}),
            *([own] if (may and not has_secrets) or (obj and obj.own_text) else []),
            (
                _("How it stands"),
                {"fields": [("state", "why"), ("went", "attempts", "expires"), "message_id", "as_file"]},
            ),
        ]

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """What is to be sent begins with the next; all else with the latest."""
        coming = request.GET.get("state") in {"to_send", Mail.State.QUEUED} or "when" in request.GET
        return ("due", "pk") if coming else ("-due", "-pk")

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changes = super().get_changelist_instance(request)
        addresses = addresses_of(changes.result_list)
        for mail in changes.result_list:
            mail.reason = reason_of(mail, addresses.get(mail.email.lower()))
        return changes

    @admin.display(description=_("due"), ordering="due")
    def goes(self, mail: Mail) -> str:
        return in_utc(mail.due)

    @admin.display(description=_("kind"), ordering="kind")
    def what(self, mail: Mail) -> str:
        label = self.label(mail)
        return f"{label} – {mail.mailing.label}" if mail.mailing else label

    @admin.display(description=_("to"), ordering="email")
    def reader(self, mail: Mail) -> SafeString:
        return format_html("{}<br>{}", mail.email or "–", language_name(mail.language))

    @admin.display(description=_("state"), ordering="state")
    def stands(self, mail: _Listed) -> SafeString:
        """With the moment it was sent, or the reason why it was not."""
        lines = [mail.get_state_display(), in_utc(mail.sent_at), mail.reason]
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines if line))

    @admin.display(description=_("sent"), ordering="sent_at")
    def went(self, mail: Mail) -> str:
        return in_utc(mail.sent_at) or "–"

    @admin.display(description=_("worth nothing after"))
    def expires(self, mail: Mail) -> str:
        return in_utc(mail.expires_at) or "–"

    @admin.display(description=_("language"), ordering="language")
    def in_language(self, mail: Mail) -> str:
        return language_name(mail.language)

    @admin.display(description=_("kind"), ordering="kind")
    def label(self, mail: Mail) -> str:
        return mail_types.label_of(mail.kind)

    @admin.display(description=_("subject"))
    def subject(self, mail: Mail) -> str:
        return f"{mail.subject_label} {mail.subject_id or ''}".strip()

    @admin.display(description=_("why"))
    def why(self, mail: Mail) -> str:
        """The reason why it was dropped or postponed, or will not go; else nothing."""
        return reason_of(mail, addresses_of([mail]).get(mail.email.lower())) or "–"

    @admin.display(description=_("file"))
    def as_file(self, mail: Mail) -> SafeString | str:
        """Beside the embedded servers mails go into files, which officers may open; elsewhere there is none."""
        if not (settings.LOCAL and mail.sent_at and eml_path(message_id(mail)).exists()):
            return "–"
        link = reverse("admin:notifications_mail_eml", args=[mail.pk])
        return format_html('<a href="{}">{}</a>', link, _("Open the mail as it was sent"))

    # What may be done ---------------------------------------------------------------------------------------------
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or not why_not_edited(obj))

    @admin.action(description=_("Stop these mails"), permissions=["change"])
    def stop(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return handle(self, request, queryset, STOP)

    @admin.action(description=_("Send these mails now"), permissions=["change"])
    def send_now(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return handle(self, request, queryset, SEND_NOW)

    @admin.action(description=_("Send these mails again"), permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return handle(self, request, queryset, SEND_AGAIN)

    def save_model(self, request: HttpRequest, obj: Mail, form: forms.ModelForm, change: bool) -> None:
        handling.edit(mail=obj, by_id=cast(int, request.user.pk), **cast(MailForm, form).wanted())

    def log_change(self, request: HttpRequest, obj: models.Model, message: object) -> Any:
        """The trace of the mail says it, and goes with it: the admin's own log would keep the address."""

    # Pages --------------------------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/eml/", view(self.eml), name="notifications_mail_eml"),
            path("<int:pk>/letter/", view(self.letter), name="notifications_mail_letter"),
            path("<int:pk>/test/", view(self.test), name="notifications_mail_test"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Context | None = None
    ) -> HttpResponse:
        mail = self.get_object(request, object_id)
        if mail is None or not self.has_view_or_change_permission(request, mail):
            return super().change_view(request, object_id, form_url, extra_context)
        try:
            if request.method == "POST" and self.has_change_permission(request) and (why := why_not_edited(mail)):
                raise RefusedError(why)
            return super().change_view(
                request, object_id, form_url, {**self._about(request, mail), **(extra_context or {})}
            )
        except RefusedError as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return redirect(request.path)

    def _about(self, request: HttpRequest, mail: Mail) -> Context:
        """What the page says beside the form: what can be done, the letter, what befell it."""
        befell = steps(mail)
        people = authors(step.by_id for step in befell)
        wanted = language_wanted(request.GET.get("language"), mail.language)
        may = self.has_change_permission(request)
        return {
            "title": mail_types.label_of(mail.kind),
            "subtitle": mail.email,
            "mail": mail,
            "letter": Shown.of(wanted, looked_at(mail, wanted)),
            "reader_clock": on_the_readers_clock(mail.due, mail.zone),
            "languages": settings.LANGUAGES,
            "may_test": may,
            "steps": [(step, people.get(step.by_id or 0, "")) for step in befell],
            "actions_offered": [
                (what, what.button_for_one)
                for what, reason in (
                    (STOP, why_not_stopped(mail)),
                    (SEND_NOW, why_not_sent_now(mail)),
                    (SEND_AGAIN, why_not_sent_again_among([mail])(mail)),
                )
                if may and not reason
            ],
        }

    def letter(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The HTML of the letter as it would be written now, with secrets covered, for the frame on the mail's page."""
        mail = self._seen(request, pk)
        shown = Shown.of("", looked_at(mail, language_wanted(request.GET.get("language"), mail.language)))
        if shown.letter is None or not shown.letter.html:
            raise Http404
        return as_page(shown.letter)

    def test(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Sends the letter, in the language that is looked at, to the officer's own address."""
        mail = self._seen(request, pk)
        page = reverse("admin:notifications_mail_change", args=[pk])
        code = language_wanted(request.POST.get("language"), mail.language)
        shown = Shown.of(code, looked_at(mail, code))
        email = getattr(request.user, "email", "")
        if request.method != "POST" or not self.has_change_permission(request):
            raise PermissionDenied
        if shown.letter is None:
            self.message_user(request, shown.why_not, messages.ERROR)
        else:
            letter_to_oneself.send_test(mail=mail, letter=shown.letter, email=email, zone=mail.zone)
            told = _("A test is on its way to %(email)s.") % {"email": email}
            self.message_user(request, told, messages.SUCCESS)
        return redirect(f"{page}?language={code}#letter-title")

    def eml(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        file = eml_path(message_id(self._seen(request, pk)))
        if not settings.LOCAL or not file.exists():
            raise Http404
        return FileResponse(file.open("rb"), as_attachment=True, filename=file.name, content_type="message/rfc822")

    def _seen(self, request: HttpRequest, pk: int) -> Mail:
        """The mail, for who may see it."""
        mail = Mail.objects.filter(pk=pk).first()
        if not self.has_view_permission(request, mail):
            raise PermissionDenied
        if mail is None:
            raise Http404
        return mail
