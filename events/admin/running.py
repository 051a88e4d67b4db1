"""Rows of an event in the admin: ways in, materials; and its sessions with who was there, and a log of corrections."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.attendance.sessions_admin import AttendedSessionAdmin, CorrectionBlock, HandMadeRows
from activities.materials.rows import MaterialBlocks, SessionsOfActivity
from activities.models import JoinLink
from record_admin.rows import Blocks

from ..models import EventSession
from ..participation import joining


class JoinLinks(SessionsOfActivity, Blocks):
    model = JoinLink
    session_model = EventSession
    extra = 1  # an empty one: without a script none can be added
    fields = (("provider", "url"), "opens_for_me", "session", ("meeting_number", "passcode"), "dial_in")
    readonly_fields = ("opens_for_me",)

    @admin.display(description=_("try it"))
    def opens_for_me(self, link: JoinLink) -> str:
        """The officer's own browser opens the room, as anybody's would who joins; the portal asks no provider."""
        if not link.pk or not link.url:
            return _now("Save the address first; then you can open it here.")
        words = _now("Open it in a new window, as a participant does")
        return format_html('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>', link.url, words)


@admin.action(description=_("Make the personal addresses worthless and send new ones"))
def renew_addresses(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    """An action for registrations: each person gets a mail with the new address."""
    renewed = 0
    for registration in queryset:
        try:
            joining.renew_address(registration=registration)
        except ValidationError as error:
            model_admin.message_user(request, f"{registration}: {error.messages[0]}", messages.WARNING)
        else:
            renewed += 1
    text = ngettext("%(n)d new address is on its way.", "%(n)d new addresses are on their way.", renewed)
    model_admin.message_user(request, text % {"n": renewed}, messages.SUCCESS)


@admin.action(description=_("Make the personal addresses worthless, tell nobody"))
def revoke_addresses(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    """For addresses that have come into wrong hands; the next reminder brings the new one."""
    count = 0
    for registration in queryset:
        joining.revoke_address(registration=registration)
        count += 1
    text = ngettext("%(n)d address no longer works.", "%(n)d addresses no longer work.", count)
    model_admin.message_user(request, text % {"n": count}, messages.SUCCESS)


@admin.register(EventSession)
class EventSessionAdmin(AttendedSessionAdmin):
    activity_field = "event"
    inlines = (HandMadeRows, CorrectionBlock)


class EventMaterials(MaterialBlocks):
    session_model = EventSession
