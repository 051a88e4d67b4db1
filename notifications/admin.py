"""The outbox in the admin: every mail with what is in it, and why it was or was not sent. Only delivery changes a mail."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.admin import PlainAdmin, ReadOnlyMixin

from . import bounces, kinds
from .backends import eml_path
from .composing import message_id, preview
from .kinds import Drop, UnknownKindError
from .models import Address, Mail


class KindFilter(admin.SimpleListFilter):
    """Mails of one kind, by the name staff know it by."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return sorted(((kind.name, str(kind.label)) for kind in kinds.all_kinds()), key=lambda one: one[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Mail)
class MailAdmin(ReadOnlyMixin, PlainAdmin):
    list_display = ("due", "label", "email", "state", "attempts", "sent_at", "why")
    list_filter = ("state", KindFilter, "language")
    search_fields = ("email", "kind", "=recipient_key", "=message_id")
    search_help_text = _("E-mail address, kind of mail, or Message-ID.")
    date_hierarchy = "due"
    ordering = ("-due", "-pk")
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ["label", "matter", ("email", "recipient_key"), ("language", "zone")]}),
        (_("What the reader gets"), {"fields": ["as_written", "as_file"]}),
        (
            _("How it went"),
            {"fields": ["state", ("due", "expires_at"), ("sent_at", "attempts"), "why", "message_id", "created_at"]},
        ),
    )

    def get_urls(self) -> list[Any]:
        as_file = path("<int:pk>/eml/", self.admin_site.admin_view(self.eml), name="notifications_mail_eml")
        return [as_file, *super().get_urls()]

    @admin.display(description=_("kind"), ordering="kind")
    def label(self, mail: Mail) -> str:
        try:
            return str(kinds.get(mail.kind).label)
        except UnknownKindError:
            return mail.kind

    @admin.display(description=_("matter"))
    def matter(self, mail: Mail) -> str:
        return f"{mail.subject_label} {mail.subject_id or ''}".strip()

    @admin.display(description=_("why"))
    def why(self, mail: Mail) -> str:
        """The reason why it was dropped or postponed, else nothing."""
        return mail.drop_reason or mail.last_error or "–"

    @admin.display(description=_("text"))
    def as_written(self, mail: Mail) -> SafeString | str:
        """As it would be written now, with secrets covered: facts are read when a mail is sent, not kept."""
        try:
            letter = preview(mail)
        except Exception as fault:  # a broken template must not hide the row that staff came to look at
            return _("It cannot be written: %(why)s") % {"why": fault}
        if isinstance(letter, Drop):
            return _("It would not be sent now: %(why)s") % {"why": letter.reason}
        return format_html('<strong>{}</strong><pre class="letter">{}</pre>', letter.subject, letter.text)

    @admin.display(description=_("file"))
    def as_file(self, mail: Mail) -> SafeString | str:
        """Beside the embedded servers mails go into files, which officers may open; elsewhere there is none."""
        if not (settings.LOCAL and mail.sent_at and eml_path(message_id(mail)).exists()):
            return "–"
        link = reverse("admin:notifications_mail_eml", args=[mail.pk])
        return format_html('<a href="{}">{}</a>', link, _("Open the mail as it was sent"))

    def eml(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        mail = Mail.objects.filter(pk=pk).first()
        if not self.has_view_permission(request, mail):
            raise PermissionDenied
        file = eml_path(message_id(mail)) if mail else None
        if not settings.LOCAL or file is None or not file.exists():
            raise Http404
        return FileResponse(file.open("rb"), as_attachment=True, filename=file.name, content_type="message/rfc822")


@admin.register(Address)
class AddressAdmin(PlainAdmin):
    """What an address does not want, and whether mail to it comes back. An officer may switch one on again."""

    list_display = ("email", "language", "wishes", "bounces", "disabled_at")
    list_filter = (("disabled_at", admin.EmptyFieldListFilter), "language")
    search_fields = ("email",)
    readonly_fields = ("email", "language", "zone", "wishes", "bounces", "disabled_at", "created_at")
    actions = ("switch_on",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Send to these addresses again"), permissions=["change"])
    def switch_on(self, request: HttpRequest, queryset: QuerySet) -> None:
        switched_off = list(queryset.exclude(disabled_at=None))
        for address in switched_off:
            bounces.switch_on(address=address)
        count = len(switched_off)
        text = ngettext("%(count)d address is written to again.", "%(count)d addresses are written to again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
