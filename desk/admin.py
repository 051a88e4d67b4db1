"""Requests for what the office offers, and announcements, in the secretariat's admin."""

from typing import cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from accounts.admin.personal import PersonalAdmin
from accounts.models import User
from history.record_pages import HistoryMixin
from notifications.admin.mass import before_doing, goes_back
from record_admin.fieldsets import EnglishFirst
from record_admin.listing.views import ListView
from record_admin.model_admin import PlainAdmin

from . import announcements
from .models import Announcement, OfferRequest
from .sheet_import import admin as sheet_admin  # noqa: F401 - registers the addresses of export and import


@admin.register(OfferRequest)
class OfferRequestAdmin(PersonalAdmin):
    """What was asked stays as it was written; the officer keeps its state and a note."""

    list_display = ("organisation", "name", "programme", "member_state", "state", "created_at", "handled_by")
    list_filter = ("state", ("programme", admin.RelatedOnlyFieldListFilter), "member_state")
    list_select_related = ("programme", "member_state", "handled_by")
    list_views = (
        ListView.of("new", _("New"), "state", "new"),
        ListView.of("answered", _("Answered"), "state", "answered"),
        ListView.of("closed", _("Closed"), "state", "closed"),
    )
    further_columns = ("email", "language", "answer_note")
    nothing_yet = _("Requests come from the public pages of programmes that offer something.")
    search_fields = ("organisation", "name", "email", "message")
    date_hierarchy = "created_at"
    readonly_fields = (
        "programme", "name", "email", "organisation", "member_state", "message", "language", "created_at", "handled_by",
    )  # fmt: skip
    fieldsets = (
        (_("What was asked"), {"fields": readonly_fields[:-1]}),
        (_("What came of it"), {"fields": ["state", "answer_note", "handled_by"]}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """It is closed; who asked is erased under Personal data, or by the rule of retention."""
        return False

    def save_model(self, request: HttpRequest, obj: OfferRequest, form: forms.ModelForm, change: bool) -> None:
        """Who answers or closes a request has handled it."""
        if "state" in form.changed_data:
            obj.handled_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)


@admin.register(Announcement)
class AnnouncementAdmin(HistoryMixin, EnglishFirst, PlainAdmin, TranslationAdmin):
    """Written first, then looked at with its readers, then sent; what was sent stays as it was."""

    list_display = ("title", "created_at", "sent")
    list_select_related = ("mailing",)
    search_fields = ("title_en", "text_en")
    autocomplete_fields = ("event", "training")
    readonly_fields = ("sent", "created_at")
    fieldsets = (
        (None, {"fields": ["title", "text"]}),
        (
            _("Who gets it"),
            {
                "fields": ["member_states", "roles", "languages", "event", "training"],
                "description": _("Each part narrows the audience down; what is left empty leaves it as it is."),
            },
        ),
        (_("Sending"), {"fields": ["sent", "created_at"]}),
    )

    def get_urls(self) -> list[URLPattern]:
        send = path("<int:pk>/send/", self.admin_site.admin_view(self.send_view), name="desk_announcement_send")
        return [send, *super().get_urls()]

    @admin.display(description=_("mailing"), ordering="mailing")
    def sent(self, announcement: Announcement) -> SafeString | str:
        if announcement.mailing is None:
            return _now("Not sent yet")
        page = reverse("admin:notifications_mailing_change", args=[announcement.mailing.pk])
        words = _now("Called back") if announcement.mailing.called_back_at else _now("See the mailing")
        return format_html('<a href="{}">{}</a>', page, words)

    def has_change_permission(self, request: HttpRequest, obj: Announcement | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or self._may_be_sent(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Announcement | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.mailing_id is None)

    def _may_be_sent(self, announcement: Announcement) -> bool:
        try:
            announcements.refuse(announcement=announcement)
        except ValidationError:
            return False
        return True

    def act_links(self, record: Announcement) -> list[tuple[str, str | Promise]]:
        return [(reverse("admin:desk_announcement_send", args=[record.pk]), _("Look who gets it, and send"))]

    def send_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        announcement = get_object_or_404(Announcement, pk=pk)
        if not super().has_change_permission(request, announcement):
            raise PermissionDenied
        page = reverse("admin:desk_announcement_change", args=[pk])
        if goes_back(request):
            return redirect(page)
        by = cast(User, request.user)
        try:
            return before_doing(
                self, request, act=lambda: announcements.send(announcement=Announcement(pk=pk), by=by),
                title=_now("Send: %(title)s") % {"title": announcement}, button=_("Send it"), then=page,
            )  # fmt: skip
        except ValidationError as refused:
            self.message_user(request, " ".join(refused.messages), messages.ERROR)
            return redirect(page)
