"""The outbox narrowed: by state, by kind, by mailing, by when mails go."""

import datetime as dt

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.template_context import Label

from .. import mail_types
from ..models import Mail, Mailing
from .staff_words import in_utc

State = Mail.State
MAILINGS_SHOWN = 15


class StateFilter(admin.SimpleListFilter):
    """What is to be sent, what wants a look, or one state."""

    title = _("state")
    parameter_name = "state"
    groups = {"to_send": Mail.UNDER_WAY, "trouble": (State.FAILED, State.UNKNOWN)}

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return [("to_send", _("To be sent")), ("trouble", _("Needs a look")), *State.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        return queryset.filter(state__in=self.groups.get(value, [value])) if value else queryset


class DueFilter(admin.SimpleListFilter):
    """Mails that are to be sent, by when."""

    title = _("when it is due (UTC)")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return [
            ("late", _("Due already")),
            ("today", _("Today")),
            ("week", _("Within seven days")),
            ("later", _("Later")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        now = timezone.now()
        tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
        week = now + dt.timedelta(days=7)
        bounds: dict[str | None, dict[str, object]] = {
            "late": {"due__lte": now},
            "today": {"due__lt": tomorrow},
            "week": {"due__lt": week},
            "later": {"due__gte": week},
        }
        chosen = bounds.get(self.value())
        return queryset.filter(state__in=Mail.UNDER_WAY, **chosen) if chosen else queryset


class KindFilter(admin.SimpleListFilter):
    """Mails of one kind, by the name staff know it by."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return sorted(((kind.name, str(kind.label)) for kind in mail_types.all_mail_types()), key=lambda one: one[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class MailingFilter(admin.SimpleListFilter):
    """Mails of one of the latest mailings; the page of an older one leads here as well."""

    title = _("mailing")
    parameter_name = "mailing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        latest = Mailing.objects.order_by("-created_at", "-pk")[:MAILINGS_SHOWN]
        return [(str(mailing.pk), f"{mailing.label} ({in_utc(mailing.goes_at)})") for mailing in latest]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        return (
            queryset.filter(mailing=int(value)) if value.isascii() and value.isdigit() and len(value) < 19 else queryset
        )

    def has_output(self) -> bool:
        """Also while there is none but the one that is asked for."""
        return bool(self.lookup_choices or self.value())


class LanguageFilter(admin.SimpleListFilter):
    """Mails in one language, by its own name."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return list(settings.LANGUAGES)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(language=self.value()) if self.value() else queryset
