"""Addresses in the admin: what each does not want, and whether mail to it comes back."""

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from record_admin.listing.views import ListView
from record_admin.model_admin import PlainAdmin

from ..bounces import scoring
from ..models import Address
from .staff_words import in_utc, language_name
from .timelines import MailsOfMixin


@admin.register(Address)
class AddressAdmin(MailsOfMixin, PlainAdmin):
    """An officer may switch an address on again; all else its reader chooses, or comes from what came back."""

    list_display = ("email", "in_language", "wishes", "bounces", "off_since")
    list_filter = (("disabled_at", admin.EmptyFieldListFilter), "language")
    search_fields = ("email",)
    fields = readonly_fields = ("email", "in_language", "zone", "wishes", "bounces", "off_since", "known_since")
    list_views = (ListView.empty("off", _("Switched off"), "disabled_at", is_empty=False),)
    nothing_yet = _("An address stands here once a mail went there, or somebody chose what to get.")
    actions = ("switch_on",)

    def mail_keys(self, record: Address) -> set[str]:
        """None of its own: its mails are those to the address."""
        return set()

    def mail_addresses(self, record: Address) -> set[str]:
        return {record.email}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """What came back from it would be forgotten; its reader is erased under Personal data."""
        return False

    @admin.display(description=_("language"), ordering="language")
    def in_language(self, address: Address) -> str:
        return language_name(address.language)

    @admin.display(description=_("switched off"), ordering="disabled_at")
    def off_since(self, address: Address) -> str:
        return in_utc(address.disabled_at) or "–"

    @admin.display(description=_("first known"))
    def known_since(self, address: Address) -> str:
        return in_utc(address.created_at)

    @admin.action(description=_("Send to these addresses again"), permissions=["change"])
    def switch_on(self, request: HttpRequest, queryset: QuerySet) -> None:
        switched_off = list(queryset.exclude(disabled_at=None))
        for address in switched_off:
            scoring.switch_on(address=address)
        count = len(switched_off)
        text = ngettext("%(count)d address is written to again.", "%(count)d addresses are written to again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
