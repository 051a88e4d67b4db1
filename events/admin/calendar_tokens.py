"""Addresses of personal calendars in the admin: who has one, and taking it back. The address itself is nobody else's."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin.personal import PersonalAdmin
from record_admin.fields import ReadOnlyMixin

from ..models import CalendarToken
from ..participation import calendar_tokens


@admin.register(CalendarToken)
class CalendarTokenAdmin(ReadOnlyMixin, PersonalAdmin):
    """For addresses that have come into wrong hands. The person makes a new one on their own page."""

    list_display = ("person", "created_at")
    list_select_related = ("person",)
    search_fields = ("person__name", "person__native_name", "person__email")
    fields = readonly_fields = ("person", "created_at")
    nothing_yet = _("People make such an address under “My page”.")
    actions: tuple[str, ...] = ("revoke",)

    def has_act_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("events.change_calendartoken"))

    @admin.action(description=_("Take the address back: it leads nowhere any longer"), permissions=["act"])
    def revoke(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = 0
        for token in queryset.select_related("person"):
            calendar_tokens.revoke(person=token.person)
            count += 1
        text = ngettext("%(n)d address was taken back.", "%(n)d addresses were taken back.", count)
        self.message_user(request, text % {"n": count}, messages.SUCCESS)
