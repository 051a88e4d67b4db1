"""Questions sent in advance, in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin.personal import PersonalAdmin
from activities.admin.shared import OfActivityMixin
from record_admin.links import linked
from record_admin.listing.views import ListView

from ..models import AdvanceQuestion, EventSession
from ..participation import advance_questions


class EventFilter(admin.RelatedOnlyFieldListFilter):
    """The events that have questions, by the name of what they are: the column leads to activities of all types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("event")


@admin.register(AdvanceQuestion)
class AdvanceQuestionAdmin(OfActivityMixin, PersonalAdmin):
    """What was asked stays as it was written; the officer says what becomes of it."""

    list_display = ("text_shortly", "event", "session", "person", "state", "created_at")
    list_filter = ("state", ("activity", EventFilter))
    list_select_related = ("activity", "session", "person")
    zone_of_list = "activity.timezone"
    list_views = (
        ListView.of("new", _("New"), "state", "new"),
        ListView.of("accepted", _("Accepted"), "state", "accepted"),
    )
    nothing_yet = _("Those who have registered send questions before an event begins.")
    search_fields = ("text", "activity__title_en", "activity__slug")
    session_link = linked("session", _("session"), EventSession)
    readonly_fields = ("event_link", "session_link", "person", "text", "language", "created_at")
    fields = ("event_link", "session_link", "person", "text", "language", "created_at", "state")
    actions: tuple[str, ...] = ("accept", "hide", "take_names_away")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """It is hidden; who asked is erased under Personal data, or by the rule of retention."""
        return False

    @admin.display(description=_("question"), ordering="text")
    def text_shortly(self, question: AdvanceQuestion) -> str:
        return str(question)

    @admin.action(description=_("Accept"), permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, queryset.exclude(state="accepted").update(state=AdvanceQuestion.State.ACCEPTED))

    @admin.action(description=_("Hide from the trainers"), permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, queryset.exclude(state="hidden").update(state=AdvanceQuestion.State.HIDDEN))

    @admin.action(description=_("Take the names away"), permissions=["change"])
    def take_names_away(self, request: HttpRequest, queryset: QuerySet) -> None:
        named = list(queryset.exclude(person=None))
        for question in named:
            advance_questions.take_name_away(question=question)
        self._say(request, len(named))

    def _say(self, request: HttpRequest, changed: int) -> None:
        text = ngettext("%(count)d question was changed.", "%(count)d questions were changed.", changed)
        self.message_user(request, text % {"count": changed}, messages.SUCCESS)
