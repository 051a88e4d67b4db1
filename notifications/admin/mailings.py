"""Mailings in the admin: who let them go, how far they are, and the button that calls them back."""

import datetime as dt
from collections import Counter
from typing import Protocol, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from record_admin.fields import ReadOnlyMixin
from record_admin.model_admin import PlainAdmin
from records.template_context import Context

from .. import mail_types, mailings
from ..models import Mail, Mailing
from .letters import Shown
from .staff_words import authors, in_utc

State = Mail.State


def counts_by_state(mailing_ids: list[int]) -> dict[int, Counter[str]]:
    """How many mails of some mailings stand where."""
    rows = Mail.objects.filter(mailing__in=mailing_ids).order_by().values_list("mailing", "state")
    found: dict[int, Counter[str]] = {number: Counter() for number in mailing_ids}
    for number, state, count in rows.annotate(count=Count("pk")):
        found[number][state] = count
    return found


class _Told(Protocol):
    """A mailing of the list, with the states of its mails and the people who had to do with it."""

    by_id: int | None
    called_back_by_id: int | None
    called_back_at: dt.datetime | None
    counts: Counter[str]
    people: dict[int, str]


@admin.register(Mailing)
class MailingAdmin(ReadOnlyMixin, PlainAdmin):
    list_display = ("label", "who", "goes", "waiting", "gone", "others", "back")
    search_fields = ("label",)
    ordering = ("-created_at", "-pk")
    save_on_top = False
    fields = ("kind_label", "who", "let_go", "goes", "back")

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changes = super().get_changelist_instance(request)
        shown = list(changes.result_list)
        counts = counts_by_state([mailing.pk for mailing in shown])
        people = authors(number for mailing in shown for number in (mailing.by_id, mailing.called_back_by_id))
        for mailing in shown:
            mailing.counts, mailing.people = counts[mailing.pk], people
        changes.result_list = shown
        return changes

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Mailing | None:
        mailing: Mailing | None = super().get_object(request, object_id, from_field)
        if mailing:
            cast(_Told, mailing).people = authors([mailing.by_id, mailing.called_back_by_id])
        return mailing

    @admin.display(description=_("kind"), ordering="kind")
    def kind_label(self, mailing: Mailing) -> str:
        return mail_types.label_of(mailing.kind)

    @admin.display(description=_("let go by"))
    def who(self, mailing: _Told) -> str:
        return str(mailing.people.get(mailing.by_id or 0, "–"))

    @admin.display(description=_("let go"), ordering="created_at")
    def let_go(self, mailing: Mailing) -> str:
        return in_utc(mailing.created_at)

    @admin.display(description=_("goes out"), ordering="goes_at")
    def goes(self, mailing: Mailing) -> str:
        return in_utc(mailing.goes_at)

    @admin.display(description=_("waiting"))
    def waiting(self, mailing: _Told) -> int:
        return int(mailing.counts[State.QUEUED] + mailing.counts[State.SENDING])

    @admin.display(description=_("sent"))
    def gone(self, mailing: _Told) -> int:
        return int(mailing.counts[State.SENT])

    @admin.display(description=_("not sent"))
    def others(self, mailing: _Told) -> int:
        return int(mailing.counts.total()) - self.waiting(mailing) - self.gone(mailing)

    @admin.display(description=_("called back"), ordering="called_back_at")
    def back(self, mailing: _Told) -> str:
        if mailing.called_back_at is None:
            return "–"
        by = mailing.people.get(mailing.called_back_by_id or 0)
        return f"{in_utc(mailing.called_back_at)}, {by}" if by else in_utc(mailing.called_back_at)

    # Pages --------------------------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        back = path("<int:pk>/call-back/", view(self.call_back), name="notifications_mailing_call_back")
        return [back, *super().get_urls()]

    def may_call_back(self, request: HttpRequest) -> bool:
        return request.user.has_perm("notifications.change_mailing")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Context | None = None
    ) -> HttpResponse:
        mailing = self.get_object(request, object_id)
        about = self._about(request, mailing) if mailing and self.has_view_permission(request, mailing) else {}
        return super().change_view(request, object_id, form_url, {**about, **(extra_context or {})})

    def _about(self, request: HttpRequest, mailing: Mailing) -> Context:
        rows = mailing.mails.order_by().values_list("language", "state").annotate(count=Count("pk"))
        counts = {(language, state): count for language, state, count in rows}
        states = [state for state in State if any(state == found for _language, found in counts)]
        used = {language for language, _state in counts}
        names = dict(settings.LANGUAGES)
        table = [
            (code, names.get(code, code), [counts.get((code, state), 0) for state in states])
            for code in [*(code for code in names if code in used), *sorted(used - names.keys())]
        ]
        return {
            "title": mailing.label,
            "subtitle": None,
            "mailing": mailing,
            "states": states,
            "table": table,
            "sums": [sum(counts.get((code, state), 0) for code in used) for state in states],
            "samples": [
                (sample.email, Shown.of(sample.language, sample.letter)) for sample in mailings.samples_of(mailing)
            ],
            **self._how_far(mailing),
            "may_call_back": self.may_call_back(request),
        }

    def _how_far(self, mailing: Mailing) -> dict[str, int]:
        counts = counts_by_state([mailing.pk])[mailing.pk]
        return {
            "queued": counts[State.QUEUED],
            "gone": counts[State.SENT] + counts[State.SENDING] + counts[State.UNKNOWN],
            "whole": counts.total(),
        }

    def call_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks first; a POST does it."""
        if not self.may_call_back(request):
            raise PermissionDenied
        mailing = get_object_or_404(Mailing, pk=pk)
        if request.method == "POST":
            stopped = mailings.call_back(mailing=mailing, by_id=cast(int, request.user.pk))
            self._say(request, stopped, self._how_far(mailing)["gone"])
            if stopped and mailings.undoes_more(mailing):
                words = _("What those mails would have told is undone with them.")
                self.message_user(request, words, messages.SUCCESS)
            return redirect("admin:notifications_mailing_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Call back: %s") % mailing.label,
            "opts": self.opts,
            "mailing": mailing,
            "undoes_more": mailings.undoes_more(mailing),
            **self._how_far(mailing),
        }
        return TemplateResponse(request, "admin/notifications/call_back.html", context)

    def _say(self, request: HttpRequest, stopped: int, gone: int) -> None:
        if stopped:
            text = ngettext("%(count)d mail was called back.", "%(count)d mails were called back.", stopped)
            self.message_user(request, text % {"count": stopped}, messages.SUCCESS)
        else:
            self.message_user(request, _("Nothing was waiting any more."), messages.WARNING)
        if gone:
            text = ngettext("%(count)d mail had gone out already.", "%(count)d mails had gone out already.", gone)
            self.message_user(request, text % {"count": gone}, messages.WARNING)
