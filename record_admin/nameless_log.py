"""The admin's own log keeps who worked on which record, but names nobody: neither a record about somebody, nor a row of one."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import override

from records.models import Sourced
from records.personal_data import all_held


def is_about_people(model: type[models.Model]) -> bool:
    """Whether rows of a model are held about somebody. Records that everybody reads are not, whoever has confirmed them."""
    concrete = model._meta.concrete_model or model
    return not issubclass(concrete, Sourced) and any(held.model is concrete for _holding, held in all_held())


class NamelessLog(admin.ModelAdmin):
    """`about_people` says so of a model of which the own data do not tell."""

    about_people = False

    @property
    def _nameless(self) -> bool:
        return self.about_people or is_about_people(self.model)

    def log_addition(self, request: HttpRequest, obj: models.Model, message: object) -> LogEntry:
        return self._without_name(super().log_addition(request, obj, [] if self._nameless else message))

    def log_change(self, request: HttpRequest, obj: models.Model, message: object) -> LogEntry:
        return self._without_name(super().log_change(request, obj, [] if self._nameless else message))

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> list[LogEntry]:
        return [self._without_name(entry) for entry in super().log_deletions(request, queryset)]

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """What was done with rows about people, without their words."""
        message: Any = super().construct_change_message(request, form, formsets, add)
        with override(None):
            people = {str(one.model._meta.verbose_name) for one in formsets or () if is_about_people(one.model)}
        for part in message:
            for facts in part.values():
                if facts.get("name") in people and "object" in facts:
                    facts["object"] = "–"
        return message

    def _without_name(self, entry: LogEntry) -> LogEntry:
        if self._nameless:
            LogEntry.objects.filter(
                user=entry.user_id, content_type=entry.content_type_id, object_id=entry.object_id
            ).update(object_repr=f"{self.opts.verbose_name} {entry.object_id}"[:200])
        return entry
